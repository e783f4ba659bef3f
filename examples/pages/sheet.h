#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pages/language.h"

namespace ocrtune::examples {

enum class Align { left, center, right };

/// Style of a text.
struct Style {
  std::string family;
  double size_pt = 11;
  bool bold = false;
  Align align = Align::left;
  double leading = 1.3;   ///< line spacing as a multiple of the font's own
  double darkness = 1.0;  ///< of the ink: 0 is invisible, 1 is black
};

/// Position of text, in points (1/72 inch) from the sheet's upper left corner.
struct Area {
  double x = 0;
  double y = 0;
  double width = 0;
  double bottom = 0;  ///< lines that would extend below are left out
};

/// The result of text().
struct Block {
  std::vector<std::string> rows;  ///< the drawn lines, as wrapped, NFC, single plain spaces
  double bottom = 0;              ///< in points: where the next block may start
};

/// The version of Pango, "1.50.12". With another one, another HarfBuzz or other fonts, letters have
/// other positions.
std::string typesetter_version();

/// White paper on which text and rules are drawn with Pango and Cairo: hinting off, gray
/// antialiasing, ligatures off, no substitution of fonts, so that the same calls give the same
/// bytes. Not thread-safe; several sheets may be used at once.
class Sheet {
 public:
  /// Throws PagesError if the size in pixels is not in 1..20000.
  Sheet(double width_pt, double height_pt, double dpi, Language language);
  ~Sheet();
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;

  /// Typesets UTF-8 text (`~` is a no-break space), broken between words to fit the area's width.
  /// Throws MissingFont if the family is not installed or does not have a character.
  Block text(std::string_view utf8, const Style& style, const Area& area);

  /// Typesets text on one line, smaller if it would not fit the width. Throws as text().
  std::string line(std::string_view utf8, const Style& style, const Area& area);

  /// Draws a straight rule; x, y and thickness in points, darkness 0..1.
  void rule(double x0, double y0, double x1, double y1, double thickness = 0.8,
            double darkness = 0.9);

  /// Draws the outline of a box.
  void box(double x, double y, double width, double height, double thickness = 0.8,
           double darkness = 0.9);

  /// The sheet as 8-bit gray, 255 = paper; a copy.
  [[nodiscard]] cv::Mat gray() const;

 private:
  struct Tools;
  std::unique_ptr<Tools> tools_;
};

}  // namespace ocrtune::examples
