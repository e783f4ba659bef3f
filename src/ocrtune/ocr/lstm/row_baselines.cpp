#include "ocrtune/ocr/lstm/row_baselines.h"

#include <algorithm>
#include <cstddef>

namespace ocrtune::lstm {
namespace {

/// The least-squares line through a row's samples.
Line through(const std::vector<BaselineSample>& samples) {
  double n = 0;
  double x = 0;
  double y = 0;
  double xx = 0;
  double xy = 0;
  for (const BaselineSample& s : samples) {
    ++n;
    x += s.x;
    y += s.y;
    xx += static_cast<double>(s.x) * s.x;
    xy += static_cast<double>(s.x) * s.y;
  }
  const double spread = xx * n - x * x;
  const double slope = spread > 0 ? (xy * n - x * y) / spread : 0;
  return {.slope = slope, .offset = n > 0 ? (y - slope * x) / n : 0};
}

int line_size(const std::vector<RowMarks>& rows, int block) {
  std::vector<int> heights;
  for (const RowMarks& row : rows)
    if (row.block == block)
      for (const Box& blob : row.blobs)
        if (blob.height() >= 7) heights.push_back(blob.height());
  if (heights.empty()) return 1;
  std::sort(heights.begin(), heights.end());
  const std::size_t n = heights.size();
  const double x = std::max(heights[n * 3 / 4] + 0.5,
                            (heights[std::min(n - 1, n * 9 / 10)] + 0.5) * 2 / 3);
  return static_cast<int>(x * 1.25);
}

Baseline find(const RowMarks& row, int size) {
  if (row.blobs.empty()) return Baseline::straight(through(row.samples));
  const Line line = through(row.samples);
  Baseline best = fit_baseline({.blobs = row.blobs, .straight = line, .line_size = size});
  int least = misses(best, row.samples);
  for (const int s : {size, size * 9 / 10, size * 11 / 10, size * 3 / 4, size * 4 / 3}) {
    for (int k = 1; k < 60 && least > 0; ++k) {
      const Line moved{.slope = line.slope, .offset = line.offset + (k % 2 == 0 ? 0.4 : -0.4) * (k / 2)};
      Baseline other = fit_baseline({.blobs = row.blobs, .straight = moved, .line_size = s});
      const int missed = misses(other, row.samples);
      if (missed < least) {
        least = missed;
        best = std::move(other);
      }
    }
  }
  return best;
}

}  // namespace

std::vector<Baseline> find_baselines(const std::vector<RowMarks>& rows, PIX* /*binary*/) {
  std::vector<Baseline> baselines;
  int block = -1;
  int size = 0;
  for (const RowMarks& row : rows) {
    if (row.block != block) {
      block = row.block;
      size = line_size(rows, block);
    }
    baselines.push_back(find(row, size));
  }
  return baselines;
}

}  // namespace ocrtune::lstm
