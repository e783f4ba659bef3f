#include "ocrtune/ocr/lstm/probe.h"

#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>

#include "ocrtune/ocr/lstm/pix.h"
#include "ocrtune/ocr/lstm/probe_model.h"

namespace ocrtune::lstm {
namespace {

constexpr int kGrays = 256;
constexpr int kPadding = 4;      // px around a unit
constexpr int kLetterWidth = 3;  // px
constexpr int kSpaceWidth = 10;  // px
constexpr int kFarthest = 8;     // px that rough edges may be off

/// A white drawing of the page's size. Its grays are a colour map's, all of them: then Tesseract,
/// which packs every line image as PNG, is quicker.
class Drawing {
 public:
  Drawing(int width, int height) : pix_(pixCreate(width, height, 8)) {
    if (!pix_) return;
    PIXCMAP* map = pixcmapCreate(8);
    for (int gray = 0; gray < kGrays; ++gray) pixcmapAddColor(map, gray, gray, gray);
    pixSetColormap(pix_.get(), map);
    pixSetAllArbitrary(pix_.get(), kGrays - 1);
  }

  /// Marks a unit: a letter in its left padding and a space behind it, or a letter in its right
  /// padding and a space before.
  void mark(const Unit& unit) {
    const int step = step_of(unit);
    const int letter = std::clamp(step / 2 + 1, kLetterWidth, kPadding);
    if (at_left(unit)) {
      black(unit, unit.crop.left, letter, true);
      black(unit, unit.crop.left + letter, std::max(kSpaceWidth, 3 * step), false);
      return;
    }
    // A letter in front, whose box reaches back to the unit's beginning, takes the marks of the
    // page, which go by their middles; the space parts it from the letter that counts.
    const int front = std::max(letter, step + 1);
    const int last = unit.blobs.empty() ? unit.box.left : unit.blobs.back().middle_x();
    const int end = std::max(std::min(last + step + 2, unit.crop.right - letter - step - 1),
                             unit.crop.left + front);
    black(unit, end - front, front, true);
    black(unit, end, std::max(unit.crop.right - letter - end, 1), false);
    black(unit, unit.crop.right - letter, letter, true);
  }

  /// Whether a unit's letter stands on its left: there has to be room before the first mark of the
  /// page.
  static bool at_left(const Unit& unit) {
    if (unit.box.left - unit.crop.left < kLetterWidth) return false;
    const int end = unit.crop.left + std::max(step_of(unit) + 1, kPadding);
    return unit.blobs.empty() || end <= unit.blobs.front().middle_x() ||
           unit.crop.right - unit.box.right < kPadding;
  }

  /// px of the page in one of the network's steps.
  static int step_of(const Unit& unit) { return unit.crop.height() / kProbeHeight; }

  [[nodiscard]] PIX* pix() const { return pix_.get(); }

 private:
  /// Blackens what the network looks at in the upper or lower half of a unit's crop.
  void black(const Unit& unit, int left, int width, bool upper) {
    const int height = unit.crop.height();
    // Two rows more on either side: the crop's edges are known but roughly.
    const int row = upper ? kProbeUpper : kProbeLower;
    const int first = (row - 2) * height / kProbeHeight;
    const int last = (row + kProbeRows + 2) * height / kProbeHeight;
    BOX* box = boxCreate(left, pixGetHeight(pix_.get()) - unit.crop.top + first, width,
                         std::max(last - first, 1));
    pixClearInRect(pix_.get(), box);
    boxDestroy(&box);
  }

  PixPtr pix_;
};

Box word_box(const tesseract::PageIterator& it, int page_height) {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  it.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom);
  return {.left = left, .bottom = page_height - bottom, .right = right, .top = page_height - top};
}

/// How far (px) a letter's box is from a unit's crop as it was thought to be; none: it isn't of
/// this unit.
std::optional<int> distance(const Box& letter, const Unit& unit, int page_height) {
  const int off =
      std::max(std::abs(letter.bottom - unit.crop.bottom), std::abs(letter.top - unit.crop.top));
  if (Drawing::at_left(unit)) {
    // No mark of the page begins so far left of the unit.
    if (letter.left != unit.crop.left || off > kFarthest) return std::nullopt;
    return off;
  }
  // The line's width is rounded to whole steps.
  const int step = Drawing::step_of(unit) + 1;
  const bool at_right = letter.left >= unit.box.right - step && letter.right > unit.box.right &&
                        letter.right <= unit.crop.right + step;
  // What is padded above and below is no mark of the page.
  const bool whole = (letter.bottom == 0 || letter.bottom <= unit.box.bottom - kPadding) &&
                     (letter.top == page_height || letter.top >= unit.box.top + kPadding);
  if (!at_right || !whole || off > kFarthest) return std::nullopt;
  return off;
}

}  // namespace

void probe_crops(tesseract::TessBaseAPI& api, PageLayout& layout) {
  Drawing drawing(layout.width, layout.height);
  if (drawing.pix() == nullptr) return;
  for (const Unit& unit : layout.units)
    if (!unit.crop.empty()) drawing.mark(unit);
  // Tesseract keeps it.
  api.SetInputImage(pixClone(drawing.pix()));
  if (api.Recognize(nullptr) != 0) return;
  const std::unique_ptr<tesseract::ResultIterator> results(api.GetIterator());
  if (!results) return;
  tesseract::PageIterator& it = *results;
  auto unit = layout.units.begin();
  do {
    if (it.Empty(tesseract::RIL_WORD)) continue;
    const Box letter = word_box(it, layout.height);
    auto best = layout.units.end();
    int least = std::numeric_limits<int>::max();
    for (auto candidate = unit; candidate != layout.units.end(); ++candidate) {
      const std::optional<int> off = distance(letter, *candidate, layout.height);
      if (!off || *off >= least) continue;
      best = candidate;
      least = *off;
    }
    if (best == layout.units.end()) continue;
    best->crop.bottom = letter.bottom;
    best->crop.top = letter.top;
    best->sure = true;
    unit = best + 1;
    // A plain step: that of results sorts out directions of writing.
  } while (it.tesseract::PageIterator::Next(tesseract::RIL_WORD));
}

}  // namespace ocrtune::lstm
