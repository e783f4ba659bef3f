#include "ocrtune/ocr/layout/small_marks.h"

#include <leptonica/allheaders.h>

#include <algorithm>
#include <memory>

namespace ocrtune::layout {
namespace {

constexpr int kConnectivity = 8;

struct DeleteBoxes {
  void operator()(BOXA* boxes) const { boxaDestroy(&boxes); }
};

/// Connected components that reach into `region`, of which 1 px around is looked at.
std::vector<Box> components(PIX* page, const Box& region) {
  const int width = pixGetWidth(page);
  const int height = pixGetHeight(page);
  const int left = std::max(region.left - 1, 0);
  const int top = std::max(height - region.top - 1, 0);
  BOX box{.x = left,
          .y = top,
          .w = std::min(region.right + 1, width) - left,
          .h = std::min(height - region.bottom + 1, height) - top,
          .refcount = 1};
  if (box.w <= 0 || box.h <= 0) return {};
  const PixPtr part(pixClipRectangle(page, &box, nullptr));
  if (!part) return {};
  const std::unique_ptr<BOXA, DeleteBoxes> found(pixConnCompBB(part.get(), kConnectivity));
  std::vector<Box> boxes;
  const int count = found ? boxaGetCount(found.get()) : 0;
  boxes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    int x = 0;
    int y = 0;
    int w = 0;
    int h = 0;
    boxaGetBoxGeometry(found.get(), i, &x, &y, &w, &h);
    boxes.push_back({.left = left + x,
                     .bottom = height - (top + y + h),
                     .right = left + x + w,
                     .top = height - (top + y)});
  }
  return boxes;
}

/// What `all` reaches over the sides of `inner`.
void add_rest(const Box& all, const Box& inner, std::vector<Box>& marks) {
  if (inner.empty()) {
    marks.push_back(all);
    return;
  }
  const auto add = [&](const Box& mark) {
    if (!mark.empty()) marks.push_back(mark);
  };
  add({.left = all.left, .bottom = inner.bottom, .right = inner.left, .top = inner.top});
  add({.left = inner.right, .bottom = inner.bottom, .right = all.right, .top = inner.top});
  const int middle = inner.middle_x();
  add({.left = middle, .bottom = all.bottom, .right = middle + 1, .top = inner.bottom});
  add({.left = middle, .bottom = inner.top, .right = middle + 1, .top = all.top});
}

}  // namespace

void add_small_marks(PIX* page, const LaidWord& word, std::vector<Box>& marks) {
  Box inner = around(word.blobs);
  if (inner.holds(word.box)) return;
  for (const Box& component : components(page, word.box)) {
    const auto holds_it = [&](const Box& blob) { return blob.holds(component); };
    if (!word.box.holds(component) || std::ranges::any_of(word.blobs, holds_it)) continue;
    marks.push_back(component);
    inner = joined(inner, component);
  }
  add_rest(word.box, inner, marks);
}

}  // namespace ocrtune::layout
