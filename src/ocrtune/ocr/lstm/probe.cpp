#include "ocrtune/ocr/lstm/probe.h"

#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "ocrtune/ocr/lstm/pix.h"
#include "ocrtune/ocr/lstm/probe_model.h"

namespace ocrtune::lstm {
namespace {

constexpr int kWhite = 1;
constexpr int kLetterWidth = 3;  // px of the padding's 4
constexpr int kSpaceWidth = 10;  // px
constexpr int kFarthest = 3;     // px that rough edges may be off

/// A white drawing of the page's size. Its colours are a map's: then Tesseract, which packs every
/// line image as PNG, is quicker.
class Drawing {
 public:
  Drawing(int width, int height) : pix_(pixCreate(width, height, 8)) {
    if (!pix_) return;
    PIXCMAP* map = pixcmapCreate(8);
    pixcmapAddColor(map, 0, 0, 0);
    pixcmapAddColor(map, 255, 255, 255);
    pixSetColormap(pix_.get(), map);
    pixSetAllArbitrary(pix_.get(), kWhite);
  }

  /// Marks a unit: black in the upper half of its left padding, then in the lower half.
  void mark(const Unit& unit) {
    const int height = pixGetHeight(pix_.get());
    const int middle = (unit.crop.bottom + unit.crop.top) / 2;
    const int scaled = unit.crop.height() / kProbeHeight;
    const int letter = std::max(kLetterWidth, std::min(scaled / 2 + 1, 4));
    black(unit.crop.left, height - unit.crop.top, letter, unit.crop.top - middle);
    black(unit.crop.left + letter, height - middle, std::max(kSpaceWidth, 3 * scaled),
          middle - unit.crop.bottom);
  }

  [[nodiscard]] PIX* pix() const { return pix_.get(); }

 private:
  void black(int left, int top, int width, int height) {
    BOX* box = boxCreate(left, top, width, height);
    pixClearInRect(pix_.get(), box);
    boxDestroy(&box);
  }

  PixPtr pix_;
};

Box word_box(const tesseract::ResultIterator& it, int page_height) {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  it.BoundingBox(tesseract::RIL_WORD, &left, &top, &right, &bottom);
  return {.left = left, .bottom = page_height - bottom, .right = right, .top = page_height - top};
}

/// Whether a letter's box can be the crop of a unit.
bool fits(const Box& letter, const Unit& unit) {
  return letter.left == unit.crop.left && std::abs(letter.bottom - unit.crop.bottom) <= kFarthest &&
         std::abs(letter.top - unit.crop.top) <= kFarthest;
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
  const std::unique_ptr<tesseract::ResultIterator> it(api.GetIterator());
  if (!it) return;
  auto unit = layout.units.begin();
  do {
    if (it->Empty(tesseract::RIL_WORD)) continue;
    const Box letter = word_box(*it, layout.height);
    const auto found = std::find_if(unit, layout.units.end(),
                                    [&](const Unit& u) { return fits(letter, u); });
    if (found == layout.units.end()) continue;
    found->crop.bottom = letter.bottom;
    found->crop.top = letter.top;
    found->sure = true;
    unit = found + 1;
  } while (it->Next(tesseract::RIL_WORD));
}

}  // namespace ocrtune::lstm
