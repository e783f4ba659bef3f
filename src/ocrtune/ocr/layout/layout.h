#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/box.h"
#include "ocrtune/pipeline/ocr_settings.h"

namespace ocrtune::layout {

/// px around a unit's box that its crop has, unless the page ends there.
constexpr int kCropPadding = 4;

/// What is read at once: the words of a row, as long as they stand close.
struct Unit {
  int block = 0;      ///< running number
  int paragraph = 0;  ///< running number over the page
  int row = 0;        ///< running number over the page
  Box box;            ///< with dots above and below
  Box crop;           ///< the row's height around the unit, padded: what is cut out; may be empty
  std::vector<Box> blobs;  ///< connected marks, by their middle
  std::vector<Box> parts;  ///< of several words: their boxes as laid out
  bool sure = false;       ///< the crop is Tesseract's own, else a guess that may be off
  bool picture = false;    ///< stands in a picture or rule: isn't read

  /// Whether its crop still has to be found out.
  [[nodiscard]] bool is_open() const { return !sure && !picture && !crop.empty(); }
};

struct PageLayout {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<Unit> units;
  /// Only Tesseract itself can read the page as it does: text is rotated or vertical, or a unit's
  /// crop couldn't be found out.
  bool needs_stock = false;
};

/// The size that units are scaled to before they are read (px), and the least width then.
struct LineScale {
  int height = 36;
  int least_width = 3;
};

/// Values of Tesseract's variables by name, as text.
using Variables = std::map<std::string, std::string, std::less<>>;

/// Whether pages can be laid out in a page segmentation mode; in others Tesseract turns or cleans
/// them first.
bool can_lay_out(int psm);

/// Whether the pages of a page segmentation mode hold one line: of several rows Tesseract keeps
/// only the one it reads best.
bool holds_one_line(int psm);

/// Lays pages out as Tesseract does, and finds where exactly it cuts units out of them, which its
/// interface doesn't tell: that is seen by letting it cut and read a drawing of marks (probe.h).
/// What is asked of Tesseract for that is in README.md. Not thread-safe.
class LayoutFinder {
 public:
  /// `variables`: those of the language. Throws Error(dependency_missing) where Tesseract can't be
  /// opened.
  explicit LayoutFinder(const Variables& variables, LineScale scale = {});
  ~LayoutFinder();

  /// A page in black and white as Tesseract makes it with these settings; null where it can't.
  PixPtr threshold(PIX* page, const OcrSettings& settings);

  /// The layout of a page in black and white (1 bit), in the mode that the settings say.
  PageLayout find(PIX* binary, const OcrSettings& settings);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ocrtune::layout
