#include "ocrtune/ocr/lstm/marks.h"

#include <algorithm>
#include <cmath>

namespace ocrtune::lstm {
namespace {

constexpr int kMostPerimeter = 8;  // × width, for marks with an edge to stand on

}  // namespace

LowerEdges::LowerEdges(PIX* binary) : binary_(binary), height_(pixGetHeight(binary)) {}

bool LowerEdges::black(int x, int y) const {
  const l_uint32* row =
      pixGetData(binary_) + static_cast<std::ptrdiff_t>(height_ - 1 - y) * pixGetWpl(binary_);
  return GET_DATA_BIT(row, x) != 0;
}

LowerEdges::Span LowerEdges::span(const Box& box, int first, int last) const {
  Span span{.low = box.top, .high = box.bottom};
  for (int x = std::max(first, box.left); x <= std::min(last, box.right - 1); ++x) {
    int low = box.bottom;
    while (low < box.top && !black(x, low)) ++low;
    if (low == box.top) continue;
    int high = box.top;
    while (!black(x, high - 1)) --high;
    span.low = std::min(span.low, low);
    span.high = std::max(span.high, high);
    span.any = true;
  }
  return span;
}

bool LowerEdges::joined_across(const Box& left, const Box& right) const {
  if (left.right != right.left || left.empty() || right.empty()) return false;
  const int low = std::max(left.bottom, right.bottom);
  const int high = std::min(left.top, right.top);
  for (int y = low; y < high; ++y)
    if (black(right.left - 1, y) && black(right.left, y)) return true;
  return false;
}

/// Edges between black and white, as many as Tesseract's outlines have steps.
long LowerEdges::perimeter(const Box& box) const {
  long edges = 0;
  for (int y = box.bottom; y <= box.top; ++y) {
    for (int x = box.left; x <= box.right; ++x) {
      const auto at = [&](int column, int row) {
        return column >= box.left && column < box.right && row >= box.bottom && row < box.top &&
               black(column, row);
      };
      const bool here = at(x, y);
      edges += static_cast<int>(here != at(x - 1, y)) + static_cast<int>(here != at(x, y - 1));
    }
  }
  return edges;
}

int LowerEdges::standing(const Box& box) const {
  const int width = box.width();
  if (perimeter(box) > static_cast<long>(width) * kMostPerimeter) return box.bottom;
  std::vector<int> lows(static_cast<std::size_t>(width) + 1, box.top);
  for (int x = 0; x < width; ++x) {
    const Span column = span(box, box.left + x, box.left + x);
    if (!column.any) continue;
    for (const int side : {x, x + 1})
      lows[static_cast<std::size_t>(side)] = std::min(lows[static_cast<std::size_t>(side)], column.low);
  }
  const auto low = [&](int x) { return lows[static_cast<std::size_t>(x)]; };
  const auto lowest = static_cast<int>(std::count_if(
      lows.begin(), lows.end(), [&](int y) { return y == box.bottom || y == box.bottom + 1; }));
  int best = box.top;
  int run = 0;
  int before = box.top;
  int before_that = box.top;
  for (int x = 0; x < width; x += run) {
    const int previous_run = run;
    const int y = low(x);
    run = 1;
    while (x + run <= width && low(x + run) == y) ++run;
    if (y > box.bottom + 1) {
      int total = run;
      while (x + total <= width && (low(x + total) == y || low(x + total) == y + 1)) ++total;
      if (before_that > y + 1 || x + total > width || low(x + total) > y + 1) {
        if (previous_run > 0 && before == y + 1) total += previous_run;
        if (total > lowest && y < best) best = y;
      }
    }
    before_that = before;
    before = y;
  }
  return best == box.top ? box.bottom : best;
}

std::vector<Box> uncut(const std::vector<Box>& blobs, const LowerEdges& edges) {
  std::vector<Box> whole;
  bool any = false;
  for (const Box& blob : blobs) {
    if (!whole.empty() && edges.joined_across(whole.back(), blob)) {
      whole.back() = joined(whole.back(), blob);
      any = true;
    } else {
      whole.push_back(blob);
    }
  }
  if (!any) return blobs;
  std::vector<Box> parts;
  for (const Box& blob : whole) {
    int start = blob.left;
    for (int x = blob.left; x <= blob.right; ++x) {
      if (x < blob.right && edges.span(blob, x, x).any) continue;
      if (x > start) {
        const LowerEdges::Span span = edges.span(blob, start, x - 1);
        parts.push_back({.left = start, .bottom = span.low, .right = x, .top = span.high});
      }
      start = x + 1;
    }
  }
  return parts;
}

std::vector<Box> chopped(const std::vector<Box>& blobs, float line_size, const LowerEdges& edges) {
  std::vector<Box> pieces;
  const double letter = static_cast<double>(line_size) * 0.75;
  for (const Box& blob : blobs) {
    const int count = static_cast<int>(std::floor(static_cast<double>(blob.width()) / letter));
    if (count <= 1) {
      pieces.push_back(blob);
      continue;
    }
    const float width = static_cast<float>(blob.width() + 1) / static_cast<float>(count);
    const std::size_t begin = pieces.size();
    auto right = static_cast<float>(blob.right);
    for (int i = count - 1; i >= 0; --i, right -= width) {
      const LowerEdges::Span span = edges.span(blob, static_cast<int>(std::ceil(right - width)) - 1,
                                               static_cast<int>(std::floor(right)));
      const bool first = i == 0;
      if (span.any) {
        pieces.push_back({.left = std::max(static_cast<int>(std::floor(right - width)), blob.left),
                          .bottom = span.low,
                          .right = static_cast<int>(std::ceil(right)),
                          .top = span.high});
      } else if (first) {
        pieces.push_back(blob);
      }
    }
    std::reverse(pieces.begin() + static_cast<std::ptrdiff_t>(begin), pieces.end());
  }
  return pieces;
}

}  // namespace ocrtune::lstm
