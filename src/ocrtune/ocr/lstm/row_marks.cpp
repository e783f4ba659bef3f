#include "ocrtune/ocr/lstm/row_marks.h"

#include <algorithm>
#include <cstddef>

namespace ocrtune::lstm {
namespace {

std::vector<Box> components(PIX* binary) {
  std::vector<Box> boxes;
  BOXA* found = pixConnCompBB(binary, 8);
  if (found == nullptr) return boxes;
  const int height = pixGetHeight(binary);
  const int count = boxaGetCount(found);
  boxes.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    l_int32 x = 0;
    l_int32 y = 0;
    l_int32 w = 0;
    l_int32 h = 0;
    boxaGetBoxGeometry(found, i, &x, &y, &w, &h);
    boxes.push_back({.left = x, .bottom = height - y - h, .right = x + w, .top = height - y});
  }
  boxaDestroy(&found);
  std::sort(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) { return a.left < b.left; });
  return boxes;
}

/// How surely a mark is a row's.
enum class Claim { none, reached, touched, held };

class RowClaims {
 public:
  explicit RowClaims(const RowMarks& row) : blobs_(row.blobs), reach_(row.reach) {
    std::sort(blobs_.begin(), blobs_.end(),
              [](const Box& a, const Box& b) { return a.left < b.left; });
    for (const Box& blob : blobs_) widest_ = std::max(widest_, blob.width());
    for (const Box& box : reach_) whole_ = joined(whole_, box);
  }

  [[nodiscard]] Claim claim(const Box& mark) const {
    if (common(whole_, mark).empty()) return Claim::none;
    Claim claim = Claim::none;
    const auto from =
        std::lower_bound(blobs_.begin(), blobs_.end(), mark.left - widest_,
                         [](const Box& blob, int left) { return blob.left < left; });
    for (auto blob = from; blob != blobs_.end() && blob->left < mark.right; ++blob) {
      if (blob->holds(mark)) return Claim::held;
      if (!common(*blob, mark).empty()) claim = Claim::touched;
    }
    if (claim == Claim::none &&
        std::any_of(reach_.begin(), reach_.end(), [&](const Box& box) { return box.holds(mark); }))
      claim = Claim::reached;
    return claim;
  }

 private:
  std::vector<Box> blobs_;
  std::vector<Box> reach_;
  Box whole_ = Box::nothing();
  int widest_ = 0;
};

/// Whether a mark lies inside another, away from its edges.
bool inside(const Box& mark, const Box& other) {
  return other.left < mark.left && mark.right < other.right && other.bottom < mark.bottom &&
         mark.top < other.top;
}

void leave_out_nested(std::vector<Box>& marks) {
  std::vector<Box> kept;
  for (const Box& mark : marks) {
    // What holds a mark begins before it; marks far back seldom reach so far.
    const std::size_t back = std::min<std::size_t>(kept.size(), 12);
    const bool nested = std::any_of(kept.end() - static_cast<std::ptrdiff_t>(back), kept.end(),
                                    [&](const Box& other) { return inside(mark, other); });
    if (!nested) kept.push_back(mark);
  }
  marks = std::move(kept);
}

}  // namespace

std::vector<std::vector<Box>> marks_by_row(const std::vector<RowMarks>& rows, PIX* binary) {
  std::vector<RowClaims> claims;
  claims.reserve(rows.size());
  for (const RowMarks& row : rows) claims.emplace_back(row);
  std::vector<std::vector<Box>> marks(rows.size());
  for (const Box& mark : components(binary)) {
    Claim best = Claim::none;
    std::size_t owner = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const Claim claim = claims[r].claim(mark);
      if (claim <= best) continue;
      best = claim;
      owner = r;
    }
    if (best != Claim::none) marks[owner].push_back(mark);
  }
  for (std::vector<Box>& row : marks) leave_out_nested(row);
  return marks;
}

}  // namespace ocrtune::lstm
