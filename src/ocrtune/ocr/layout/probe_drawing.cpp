#include "ocrtune/ocr/layout/probe_drawing.h"

#include <algorithm>

namespace ocrtune::layout {
namespace {

constexpr int kGrays = 256;
constexpr int kLetterWidth = 3;  // px
constexpr int kSpaceWidth = 10;  // px
constexpr int kNarrow = 8;       // of the network's steps

}  // namespace

ProbeDrawing::ProbeDrawing(int width, int height, const ProbeSight& sight)
    : sight_(sight), pix_(pixCreate(width, height, 8)) {
  if (!pix_) return;
  // The colour map contains all grays: with it, Tesseract encodes line images, each of which it
  // packs as PNG, faster.
  PIXCMAP* map = pixcmapCreate(8);
  for (int gray = 0; gray < kGrays; ++gray) pixcmapAddColor(map, gray, gray, gray);
  pixSetColormap(pix_.get(), map);
  pixSetAllArbitrary(pix_.get(), kGrays - 1);
}

void ProbeDrawing::mark(const Unit& unit) {
  if (is_narrow(unit)) {
    mark_pair(unit);
    return;
  }
  const int step = step_of(unit);
  const int letter = letter_width(unit);
  if (at_left(unit)) {
    black(unit, unit.crop.left, letter, sight_.upper);
    black(unit, unit.crop.left + letter, std::max(kSpaceWidth, 3 * step), sight_.lower);
    return;
  }
  // A letter in front, whose box extends to the unit's beginning, takes the components of the page,
  // which are assigned by their middles; the space separates it from the letter that counts.
  const int front = std::max(letter, step + 1);
  const int last = unit.blobs.empty() ? unit.box.left : unit.blobs.back().middle_x();
  const int end = std::max(std::min(last + step + 2, unit.crop.right - letter - step - 1),
                           unit.crop.left + front);
  black(unit, end - front, front, sight_.upper);
  black(unit, end, std::max(unit.crop.right - letter - end, 1), sight_.lower);
  black(unit, unit.crop.right - letter, letter, sight_.upper);
}

void ProbeDrawing::mark_pair(const Unit& unit) {
  const int middle = unit.crop.width() / 2;
  black(unit, unit.crop.left, middle, sight_.upper);
  black(unit, unit.crop.left + middle, unit.crop.width() - middle, sight_.lowest);
}

void ProbeDrawing::fill(const Unit& unit) {
  const int width = unit.crop.width();
  const double stroke = std::max(1.5 * unit.crop.height() / sight_.height, 1.5);
  // An odd number, three at least.
  const int count = std::max(static_cast<int>(width / stroke) / 2 * 2 - 1, 3);
  for (int i = 0; i < count; ++i) {
    const int begin = (i * width + count / 2) / count;
    const int end = ((i + 1) * width + count / 2) / count;
    if (end > begin)
      black(unit, unit.crop.left + begin, end - begin, i % 2 == 0 ? sight_.upper : sight_.lower);
  }
}

bool ProbeDrawing::at_left(const Unit& unit) const {
  if (unit.box.left - unit.crop.left < kLetterWidth) return false;
  const int end = unit.crop.left + std::max(step_of(unit) + 1, kCropPadding);
  return unit.blobs.empty() || end <= unit.blobs.front().middle_x() ||
         unit.crop.right - unit.box.right < kCropPadding;
}

bool ProbeDrawing::is_narrow(const Unit& unit) const {
  const int step = step_of(unit);
  if (at_left(unit) || unit.crop.width() > kNarrow * (step + 1)) return false;
  const int last = unit.blobs.empty() ? unit.box.left : unit.blobs.back().middle_x();
  return unit.crop.right - last < letter_width(unit) + 2 * step + 3;
}

int ProbeDrawing::letter_width(const Unit& unit) const {
  return std::clamp(step_of(unit) / 2 + 1, kLetterWidth, kCropPadding);
}

void ProbeDrawing::black(const Unit& unit, int left, int width, int row) {
  const int height = unit.crop.height();
  // Some more rows on either side, since the crop's edges are only approximate.
  const int slack = sight_.rows * 2 / 3;
  const int first = (row - slack) * height / sight_.height;
  const int last = (row + sight_.rows + slack) * height / sight_.height;
  BOX* box = boxCreate(left, pixGetHeight(pix_.get()) - unit.crop.top + first, width,
                       std::max(last - first, 1));
  pixClearInRect(pix_.get(), box);
  boxDestroy(&box);
}

}  // namespace ocrtune::layout
