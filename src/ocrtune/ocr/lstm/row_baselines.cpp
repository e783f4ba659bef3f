#include "ocrtune/ocr/lstm/row_baselines.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "ocrtune/ocr/lstm/marks.h"
#include "ocrtune/ocr/lstm/straight_lines.h"

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

/// Rows of one block.
using Block = std::span<const RowMarks>;

/// Sizes (px) that Tesseract goes by in a block.
struct Sizes {
  float letter = 1;   ///< a guess at letters' height
  float line = 1;     ///< of lines
  double spacing = 1; ///< of rows
};

float letter_size(std::span<const std::vector<Box>> rows) {
  std::vector<int> heights;
  for (const std::vector<Box>& row : rows)
    for (const Box& blob : row)
      if (blob.height() >= 7) heights.push_back(blob.height());
  if (heights.empty()) return 1;
  std::sort(heights.begin(), heights.end());
  const std::size_t n = heights.size();
  const double x = std::max(heights[n * 3 / 4] + 0.5,
                            (heights[std::min(n - 1, n * 9 / 10)] + 0.5) * 2 / 3);
  return static_cast<float>(x);
}

/// Distances of rows where they cross the left edge.
std::vector<double> row_gaps(Block rows) {
  std::vector<double> slopes;
  for (const RowMarks& row : rows) slopes.push_back(through(row.samples).slope);
  std::nth_element(slopes.begin(), slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2),
                   slopes.end());
  const double slope = slopes[slopes.size() / 2];
  std::vector<double> heights;
  for (const RowMarks& row : rows) {
    double sum = 0;
    for (const BaselineSample& s : row.samples) sum += s.y - slope * s.x;
    heights.push_back(sum / static_cast<double>(std::max<std::size_t>(row.samples.size(), 1)));
  }
  std::vector<double> gaps;
  for (std::size_t r = 1; r < rows.size(); ++r) gaps.push_back(heights[r - 1] - heights[r]);
  std::sort(gaps.begin(), gaps.end());
  return gaps;
}

Sizes sizes_of(Block rows, std::span<const std::vector<Box>> marks) {
  Sizes sizes;
  sizes.letter = letter_size(marks);
  sizes.line = sizes.letter * 1.25F;
  sizes.spacing = sizes.letter * 2.5;
  const std::vector<double> gaps = row_gaps(rows);
  const std::size_t n = gaps.size();
  if (n > 2) {
    const double gap = gaps[n / 2];
    if (gaps[n * 3 / 4] - gaps[n / 4] < gap * 0.2) {
      sizes.line = std::max(static_cast<float>(std::min(gap, sizes.spacing)), 10.0F);
      sizes.spacing = gap;
    }
  }
  return sizes;
}

std::vector<Stand> stands(const std::vector<Box>& blobs, const LowerEdges& edges) {
  std::vector<Stand> all;
  for (const Box& blob : blobs)
    all.push_back({.x = blob.middle_x(),
                   .y = edges.standing(blob),
                   .half_width = blob.width() / 2,
                   .exact_middle = static_cast<float>(blob.left + blob.right) / 2.0F});
  return all;
}

/// Tries to find baselines that round to a row's samples.
class Search {
 public:
  Search(const RowMarks& row, std::vector<Box> blobs, const LowerEdges& edges)
      : row_(row), whole_(std::move(blobs)), edges_(edges) {}

  RowBaseline run(const Line& straight, const Sizes& sizes) {
    if (whole_.empty()) {
      found_.push_back({Baseline::straight(straight), 0});
      return RowBaseline(std::move(found_), row_.samples);
    }
    std::vector<Box> words = row_.blobs;
    std::stable_sort(words.begin(), words.end(),
                     [](const Box& a, const Box& b) { return a.left < b.left; });
    const float line = sizes.line;
    const float small = sizes.letter * 1.25F;
    for (const float letters : {line, small, line * 0.9F, line * 1.1F, small * 0.9F, small * 1.1F,
                                small * 1.33F, sizes.letter * 2.5F}) {
      try_marks(associated(without_underlines(whole_, straight, letters, edges_)), straight, letters);
      try_marks(associated(whole_), straight, letters);
      try_marks(words, straight, letters);
    }
    return RowBaseline(std::move(found_), row_.samples);
  }

 private:
  [[nodiscard]] double middle() const {
    return (whole_.front().left + whole_.back().right) / 2.0;
  }
  [[nodiscard]] bool done() const { return !found_.empty() && found_.back().missed == 0; }

  void try_marks(const std::vector<Box>& marks, const Line& straight, float letters) {
    if (done() || marks.empty()) return;
    const Line sampled = through(row_.samples);
    blobs_ = chopped(marks, letters, edges_);
    size_ = static_cast<int>(letters);
    attempt(straight);
    attempt({straight.slope, sampled.offset + (sampled.slope - straight.slope) * middle()});
    attempt(sampled);
    for (int k = 1; k < 40; ++k)
      attempt({straight.slope, straight.offset + (k % 2 == 0 ? 0.5 : -0.5) * ((k + 1) / 2)});
  }

  void attempt(const Line& straight) {
    if (done()) return;
    Baseline baseline = fit_baseline({.blobs = blobs_, .straight = straight, .line_size = size_});
    const int missed = misses(baseline, row_.samples);
    for (const RowBaseline::Candidate& other : found_)
      if (other.baseline == baseline) return;
    found_.push_back({std::move(baseline), missed});
  }

  const RowMarks& row_;
  std::vector<Box> whole_;
  const LowerEdges& edges_;
  std::vector<Box> blobs_;
  int size_ = 0;
  std::vector<RowBaseline::Candidate> found_;
};

void find_in_block(Block rows, std::span<const std::vector<Box>> marks, const LowerEdges& edges,
                   std::vector<RowBaseline>& baselines) {
  const Sizes sizes = sizes_of(rows, marks);
  std::vector<std::vector<Stand>> standing;
  for (const std::vector<Box>& row : marks) standing.push_back(stands(row, edges));
  const std::vector<Line> lines = straight_lines(standing, sizes.spacing);
  for (std::size_t r = 0; r < rows.size(); ++r)
    baselines.push_back(Search(rows[r], marks[r], edges).run(lines[r], sizes));
}

int rounded(float y) { return static_cast<int>(y + 0.5); }

}  // namespace

float RowBaseline::at(int x, int left, int right) const {
  const Candidate* best = nullptr;
  int least = 0;
  for (const Candidate& candidate : candidates_) {
    int missed = candidate.missed;
    for (const BaselineSample& s : samples_) {
      const bool here = left <= s.x && s.x <= right;
      if (here && rounded(candidate.baseline.at(static_cast<float>(s.x))) != s.y) missed += 1000;
    }
    if (best == nullptr || missed < least) {
      best = &candidate;
      least = missed;
    }
  }
  const float y = best->baseline.at(static_cast<float>(x));
  return least < 1000 ? y : y + correction(best->baseline, x);
}

/// How far off the samples around x say that a baseline is.
float RowBaseline::correction(const Baseline& baseline, int x) const {
  const BaselineSample* before = nullptr;
  const BaselineSample* after = nullptr;
  for (const BaselineSample& s : samples_) {
    if (s.x <= x && (before == nullptr || s.x > before->x)) before = &s;
    if (s.x >= x && (after == nullptr || s.x < after->x)) after = &s;
  }
  const auto off = [&](const BaselineSample& s) {
    const float y = baseline.at(static_cast<float>(s.x));
    return rounded(y) == s.y ? 0 : static_cast<float>(s.y) - y;
  };
  if (before == nullptr) return after == nullptr ? 0 : off(*after);
  if (after == nullptr || after->x == before->x) return off(*before);
  const float share = static_cast<float>(x - before->x) / static_cast<float>(after->x - before->x);
  return off(*before) * (1 - share) + off(*after) * share;
}

std::vector<RowBaseline> find_baselines(const std::vector<RowMarks>& rows, PIX* binary) {
  std::vector<RowBaseline> baselines;
  const LowerEdges edges(binary);
  const std::vector<std::vector<Box>> marks = marks_by_row(rows, binary);
  for (std::size_t first = 0; first < rows.size();) {
    std::size_t last = first + 1;
    while (last < rows.size() && rows[last].block == rows[first].block) ++last;
    find_in_block(Block(rows).subspan(first, last - first),
                  std::span(marks).subspan(first, last - first), edges, baselines);
    first = last;
  }
  return baselines;
}

}  // namespace ocrtune::lstm
