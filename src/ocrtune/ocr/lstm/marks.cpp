#include "ocrtune/ocr/lstm/marks.h"

#include <algorithm>
#include <cmath>

namespace ocrtune::lstm {
namespace {

constexpr int kMostPerimeter = 8;  // × width, for marks with an edge to stand on
constexpr int kMostCrossed = 4;

/// Whether the widest row of a mark lies off its letters and takes up half of its width.
bool is_underline(const Box& mark, const Line& straight, float line_size, const LowerEdges& edges) {
  const int base = static_cast<int>(straight.at(mark.middle_x()));
  const int high = base + static_cast<int>(line_size * 0.625F);
  int below = 0;
  int within = 0;
  int above = 0;
  for (int y = mark.bottom; y < mark.top; ++y) {
    int& widest = y < base ? below : y <= high ? within : above;
    widest = std::max(widest, edges.count(mark, y));
  }
  const int off = std::max(below, above);
  return off > 2 * within && off > mark.width() * 0.5;
}

bool crosses_many(const Box& mark, const std::vector<Box>& marks, float line_size) {
  const int tall = static_cast<int>(0.75 * static_cast<double>(line_size) + 0.5);
  const auto crossed = std::count_if(marks.begin(), marks.end(), [&](const Box& other) {
    const int x = std::min(mark.right, other.right) - std::max(mark.left, other.left);
    const int y = std::min(mark.top, other.top) - std::max(mark.bottom, other.bottom);
    return other.height() >= tall && 2 * x >= std::min(mark.width(), other.width()) &&
           2 * y >= std::min(mark.height(), other.height());
  });
  return crossed > kMostCrossed;
}

/// Whether two marks share more than half of the narrower's width.
bool mostly_above(const Box& a, const Box& b) {
  int shared = b.width();
  if (a.left > b.left) shared -= a.left - b.left;
  if (a.right < b.right) shared -= b.right - a.right;
  return shared >= b.width() / 2 || shared >= a.width() / 2;
}

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

int LowerEdges::count(const Box& box, int y) const {
  int black_here = 0;
  for (int x = box.left; x < box.right; ++x) black_here += static_cast<int>(black(x, y));
  return black_here;
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

std::vector<Box> without_underlines(const std::vector<Box>& marks, const Line& straight,
                                    float line_size, const LowerEdges& edges) {
  std::vector<Box> kept;
  for (const Box& mark : marks) {
    const bool wide = static_cast<float>(mark.width()) > line_size * 2;
    if (!wide || (!is_underline(mark, straight, line_size, edges) && !crosses_many(mark, marks, line_size)))
      kept.push_back(mark);
  }
  return kept;
}

std::vector<Box> associated(const std::vector<Box>& marks) {
  std::vector<Box> letters;
  for (const Box& mark : marks) {
    if (!letters.empty() && mostly_above(letters.back(), mark)) {
      letters.back() = joined(letters.back(), mark);
    } else {
      letters.push_back(mark);
    }
  }
  return letters;
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
