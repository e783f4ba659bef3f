#include "ocrtune/ocr/layout/probe.h"

#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <memory>
#include <optional>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/iterator_box.h"
#include "ocrtune/ocr/layout/probe_drawing.h"

namespace ocrtune::layout {
namespace {

constexpr int kFarthest = 8;  // greatest error of approximate edges, px

/// Makes Tesseract recognize only the first units: it calls a cancel function before each.
class FirstUnits {
 public:
  explicit FirstUnits(std::ptrdiff_t count) : left_(count) {
    monitor_.cancel = [](void* self, int) { return static_cast<FirstUnits*>(self)->left_-- <= 0; };
    monitor_.cancel_this = this;
  }
  FirstUnits(const FirstUnits&) = delete;
  FirstUnits& operator=(const FirstUnits&) = delete;

  [[nodiscard]] tesseract::ETEXT_DESC* monitor() { return &monitor_; }
  [[nodiscard]] bool stopped() const { return left_ < 0; }

 private:
  tesseract::ETEXT_DESC monitor_;
  std::ptrdiff_t left_;
};

/// Calls `take(box)` for every letter that Tesseract recognizes in the drawing's first `count`
/// units, in order.
template <class Take>
void read_drawing(tesseract::TessBaseAPI& api, const ProbeDrawing& drawing, int page_height,
                  std::ptrdiff_t count, Take take) {
  // Tesseract takes ownership.
  api.SetInputImage(pixClone(drawing.pix()));
  FirstUnits units(count);
  if (api.Recognize(units.monitor()) != 0 && !units.stopped()) return;
  const std::unique_ptr<tesseract::ResultIterator> results(api.GetIterator());
  if (!results) return;
  tesseract::PageIterator& it = *results;
  do {
    if (!it.Empty(tesseract::RIL_SYMBOL)) take(box_at(it, tesseract::RIL_SYMBOL, page_height));
    // The iterator's plain step: that of results reorders text by writing direction.
  } while (it.tesseract::PageIterator::Next(tesseract::RIL_SYMBOL));
}

/// Whether the box has the padding above and below, unlike the components of the page.
bool is_padded(const Box& letter, const Unit& unit, int page_height) {
  return (letter.bottom == 0 || letter.bottom <= unit.box.bottom - kCropPadding) &&
         (letter.top == page_height || letter.top >= unit.box.top + kCropPadding);
}

/// Distance (px) of a letter's edges from a unit's assumed crop.
int edges_off(const Box& letter, const Unit& unit) {
  return std::max(std::abs(letter.bottom - unit.crop.bottom), std::abs(letter.top - unit.crop.top));
}

void assign(Unit& unit, const Box& letter) {
  unit.crop.bottom = letter.bottom;
  unit.crop.top = letter.top;
  unit.sure = true;
}

/// Whether the letter belongs to a unit with known edges, which contains what is drawn for another.
bool is_of_sure(const Box& letter, const PageLayout& layout) {
  return std::any_of(layout.units.begin(), layout.units.end(), [&](const Unit& unit) {
    return unit.sure && edges_off(letter, unit) == 0 && letter.left < unit.crop.right &&
           letter.right > unit.crop.left;
  });
}

/// Assigns the letters in a drawing with one mark for each unit to their units.
class MarkReader {
 public:
  MarkReader(const ProbeDrawing& drawing, PageLayout& layout)
      : drawing_(drawing), layout_(layout), next_(layout.units.begin()) {}

  void take(const Box& letter) {
    if (is_of_sure(letter, layout_)) return;
    auto best = layout_.units.end();
    int least = std::numeric_limits<int>::max();
    for (auto unit = next_; unit != layout_.units.end(); ++unit) {
      const std::optional<int> off = distance(letter, *unit);
      if (!off || *off >= least) continue;
      best = unit;
      least = *off;
    }
    if (best == layout_.units.end()) return;
    assign(*best, letter);
    next_ = best + 1;
  }

 private:
  /// None: the letter does not belong to this unit.
  [[nodiscard]] std::optional<int> distance(const Box& letter, const Unit& unit) const {
    const int off = edges_off(letter, unit);
    if (off > kFarthest || !is_padded(letter, unit, layout_.height)) return std::nullopt;
    if (drawing_.at_left(unit)) {
      // No component of the page begins so far left of the unit.
      return letter.left == unit.crop.left ? std::optional(off) : std::nullopt;
    }
    if (drawing_.is_narrow(unit)) {
      const bool inside = letter.left >= unit.crop.left && letter.left < unit.crop.right;
      return inside ? std::optional(off) : std::nullopt;
    }
    // The line's width is rounded to whole steps.
    const int step = drawing_.step_of(unit) + 1;
    const bool at_right = letter.left >= unit.box.right - step && letter.right > unit.box.right &&
                          letter.right <= unit.crop.right + step;
    return at_right ? std::optional(off) : std::nullopt;
  }

  const ProbeDrawing& drawing_;
  PageLayout& layout_;
  std::vector<Unit>::iterator next_;
};

/// Assigns the letters in a drawing with filled units to their units.
class FillReader {
 public:
  explicit FillReader(PageLayout& layout) : layout_(layout) {
    for (std::size_t i = 0; i < layout.units.size(); ++i)
      if (layout.units[i].is_open()) open_.push_back(i);
  }

  void take(const Box& letter) {
    if (!is_of_sure(letter, layout_)) take_first(letter);
  }

 private:
  void take_first(const Box& letter) {
    for (std::size_t i = next_; i < open_.size(); ++i) {
      Unit& unit = layout_.units[open_[i]];
      if (letter.left < unit.crop.left || letter.left >= unit.crop.right) continue;
      if (edges_off(letter, unit) > kFarthest || !is_padded(letter, unit, layout_.height)) continue;
      assign(unit, letter);
      next_ = i + 1;
      return;
    }
  }

  PageLayout& layout_;
  std::vector<std::size_t> open_;
  std::size_t next_ = 0;
};

}  // namespace

void probe_crops(tesseract::TessBaseAPI& api, PageLayout& layout, std::ptrdiff_t count) {
  ProbeDrawing drawing(layout.width, layout.height, kCoarseSight);
  if (drawing.pix() == nullptr) return;
  for (const Unit& unit : layout.units)
    if (!unit.crop.empty()) drawing.mark(unit);
  MarkReader marks(drawing, layout);
  read_drawing(api, drawing, layout.height, count, [&](const Box& letter) { marks.take(letter); });
}

void probe_rest(tesseract::TessBaseAPI& api, PageLayout& layout, std::ptrdiff_t count) {
  ProbeDrawing drawing(layout.width, layout.height, kFineSight);
  if (drawing.pix() == nullptr) return;
  for (const Unit& unit : layout.units)
    if (unit.is_open()) drawing.fill(unit);
  FillReader letters(layout);
  read_drawing(api, drawing, layout.height, count,
               [&](const Box& letter) { letters.take(letter); });
}

}  // namespace ocrtune::layout
