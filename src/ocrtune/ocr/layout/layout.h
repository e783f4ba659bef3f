#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/box.h"
#include "ocrtune/ocr/ocr_settings.h"

namespace ocrtune::layout {

/// px by which a unit's crop extends beyond its box, unless the page ends there.
constexpr int kCropPadding = 4;

/// The unit of recognition: the words of a row that are close to each other.
struct Unit {
  int block = 0;           ///< running number
  int paragraph = 0;       ///< running number over the page
  int row = 0;             ///< running number over the page
  Box box;                 ///< with dots above and below
  Box crop;                ///< the row's height around the unit, padded; may be empty
  std::vector<Box> blobs;  ///< connected components, by their middle
  /// Marks beside them that Tesseract keeps apart, such as dots, by their middle (small_marks.h).
  std::vector<Box> small_marks;
  std::vector<Box> parts;  ///< of several words: their boxes as laid out
  bool sure = false;       ///< the crop is exactly Tesseract's, else a guess that may be off
  bool picture = false;    ///< is in a picture or ruled line: not recognized

  /// Whether its crop is still to be determined.
  [[nodiscard]] bool is_open() const { return !sure && !picture && !crop.empty(); }
};

struct PageLayout {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<Unit> units;
  /// Only Tesseract itself can recognize the page as it does: text is rotated or vertical, or a
  /// unit's crop could not be determined.
  bool needs_stock = false;
};

/// The height that units are scaled to before recognition (px), and the least width then.
struct LineScale {
  int height = 36;
  int min_width = 3;
};

/// Whether functions of Tesseract are called and replaced that are not public (README.md): `off`
/// gives the same, in more than twice the time.
enum class Shortcuts { on, off };

/// Values of Tesseract's variables by name, as text.
using Variables = std::map<std::string, std::string, std::less<>>;

/// Whether layout analysis here supports a page segmentation mode; in others Tesseract rotates or
/// cleans pages first.
bool can_lay_out(int psm);

/// Whether pages of a page segmentation mode have one line: of several rows, Tesseract keeps only
/// the one with the best result.
bool holds_one_line(int psm);

/// Whether Tesseract looks for columns in a page segmentation mode.
bool finds_columns(int psm);

/// Whether Tesseract takes the whole page as the crop of each unit in a page segmentation mode.
bool is_cropped_whole(int psm);

/// Analyses page layouts as Tesseract does, and determines the exact crops of its units, which
/// Tesseract's interface does not give: from the rows with which it computes (row_geometry.h),
/// or by letting it recognize a drawing with marks (probe.h). README.md describes what is required
/// of Tesseract. Not thread-safe.
class LayoutFinder {
 public:
  /// `variables`: those of the language. Throws Error(dependency_missing) if Tesseract cannot be
  /// opened.
  explicit LayoutFinder(const Variables& variables, LineScale scale = {},
                        Shortcuts shortcuts = Shortcuts::on);
  ~LayoutFinder();

  /// A page binarized by Tesseract with these settings; null if it cannot.
  PixPtr threshold(PIX* page, const OcrSettings& settings);

  /// The layout of a page in black and white (1 bit), in the page segmentation mode of the
  /// settings.
  PageLayout find(PIX* binary, const OcrSettings& settings);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ocrtune::layout
