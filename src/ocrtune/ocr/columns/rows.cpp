#include "ocrtune/ocr/columns/rows.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <utility>

#include "ocrtune/ocr/columns/columns.h"
#include "ocrtune/ocr/columns/placed_lines.h"
#include "ocrtune/ocr/columns/rules.h"

namespace ocrtune::columns {
namespace {

constexpr double kSameRow = 0.5;
constexpr double kBeside = 0.5;

using PlacedRow = std::vector<PlacedLine>;

double overlap(const PlacedLine& a, const PlacedLine& b) {
  return std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
}

/// Whether two lines lie beside each other, not one above the other.
bool are_beside(const PlacedLine& a, const PlacedLine& b) {
  const double common =
      std::min(a.bounds.br().x, b.bounds.br().x) - std::max(a.bounds.x, b.bounds.x);
  return common < kBeside * std::min(a.bounds.width, b.bounds.width);
}

/// Lines in rows from top to bottom, each from left to right.
class RowBuilder {
 public:
  explicit RowBuilder(const std::vector<Gutter>& gutters) : gutters_(gutters) {}

  std::vector<PlacedRow> rows(std::vector<PlacedLine> lines) const {
    std::ranges::stable_sort(lines, {}, &PlacedLine::y);
    std::vector<PlacedRow> rows;
    for (const PlacedLine& line : lines) {
      const auto row = std::find_if(rows.rbegin(), rows.rend(), [&](const auto& candidate) {
        return belongs_to(line, candidate);
      });
      if (row != rows.rend())
        row->push_back(line);
      else
        rows.push_back({line});
    }
    for (PlacedRow& row : rows) std::ranges::stable_sort(row, {}, &PlacedLine::x);
    return rows;
  }

 private:
  [[nodiscard]] bool belongs_to(const PlacedLine& line, const PlacedRow& row) const {
    return std::ranges::any_of(row,
                               [&](const PlacedLine& other) {
                                 return overlap(other, line) >=
                                        kSameRow * std::min(other.height, line.height);
                               }) &&
           std::ranges::all_of(row, [&](const PlacedLine& other) {
             return are_beside(other, line) && !is_in_earlier_column(line, other, gutters_) &&
                    !is_in_earlier_column(other, line, gutters_);
           });
  }

  const std::vector<Gutter>& gutters_;
};

/// On which side of a gutter a line is.
struct Side {
  std::size_t gutter = 0;
  bool left = false;
};

/// The gutters that reach a line.
std::vector<Side> sides_of(const PlacedLine& line, const std::vector<Gutter>& gutters) {
  std::vector<Side> sides;
  for (std::size_t i = 0; i < gutters.size(); ++i) {
    if (gutters[i].reaches(line) && line.x != gutters[i].x)
      sides.push_back({.gutter = i, .left = line.x < gutters[i].x});
  }
  return sides;
}

/// is_in_earlier_column() by the gutters that reach both lines, in their order.
bool is_left_of(const std::vector<Side>& sides, const std::vector<Side>& others) {
  auto other = others.begin();
  for (const Side& side : sides) {
    while (other != others.end() && other->gutter < side.gutter) ++other;
    if (other == others.end()) return false;
    if (other->gutter == side.gutter && side.left && !other->left) return true;
  }
  return false;
}

/// Rows that came from top to bottom, in reading order: what a gutter has on its left before what
/// it has on its right (Breuel 2003, with gutters for his second rule).
std::vector<PlacedRow> by_columns(std::vector<PlacedRow> rows, const std::vector<Gutter>& gutters) {
  std::vector<std::vector<Side>> sides;
  sides.reserve(rows.size());
  for (const PlacedRow& row : rows) sides.push_back(sides_of(row.front(), gutters));
  const auto is_before = [&](std::size_t row, std::size_t other) {
    return is_left_of(sides[row], sides[other]);
  };
  std::vector<std::size_t> left;
  left.reserve(rows.size());
  std::vector<std::size_t> before(rows.size(), 0);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    left.push_back(row);
    for (std::size_t other = 0; other < rows.size(); ++other)
      before[row] += is_before(other, row) ? 1 : 0;
  }
  std::vector<std::size_t> order;
  order.reserve(rows.size());
  while (!left.empty()) {
    auto next = std::ranges::find_if(left, [&](std::size_t row) { return before[row] == 0; });
    if (next == left.end()) next = left.begin();
    const std::size_t row = *next;
    order.push_back(row);
    left.erase(next);
    for (const std::size_t other : left) {
      if (before[other] > 0 && is_before(row, other)) --before[other];
    }
  }
  std::vector<PlacedRow> ordered;
  ordered.reserve(rows.size());
  for (const std::size_t row : order) ordered.push_back(std::move(rows[row]));
  return ordered;
}

/// Whether most of the text runs downwards, as vertical lines of Chinese and Japanese do.
bool run_downwards(const std::vector<LineBox>& lines) {
  double all = 0;
  double downwards = 0;
  for (const LineBox& line : lines) {
    all += line.length;
    downwards += line.along.y > 0.7 ? line.length : 0;
  }
  return downwards > all / 2;
}

/// Lines on a page of this width that run downwards as lines from left to right, on the page turned
/// by 90 degrees.
std::vector<LineBox> turned_back(std::vector<LineBox> lines, double width) {
  for (LineBox& line : lines) {
    line.centre = {line.centre.y, width - line.centre.x};
    line.along = {line.along.y, -line.along.x};
  }
  return lines;
}

}  // namespace

std::vector<Row> rows_in_order(const std::vector<PlacedLine>& lines,
                               const std::vector<Gutter>& gutters) {
  std::vector<PlacedRow> ordered = RowBuilder(gutters).rows(lines);
  if (!gutters.empty()) ordered = by_columns(std::move(ordered), gutters);
  std::vector<Row> rows;
  int block = 1;
  const PlacedLine* before = nullptr;
  for (const PlacedRow& of_row : ordered) {
    Row& row = rows.emplace_back();
    // Where the order goes up, another column begins; below a rule, another part.
    const PlacedLine& first = of_row.front();
    if (before != nullptr && !gutters.empty() &&
        (first.y < before->y || are_apart_by_rule(*before, first, gutters)))
      ++block;
    before = &first;
    row.block = block;
    for (const PlacedLine& line : of_row) row.lines.push_back(line.index);
  }
  return rows;
}

std::vector<Row> rows_of(const std::vector<LineBox>& lines, const std::vector<std::string>& texts,
                         const cv::Mat& gray) {
  const bool downwards = run_downwards(lines);
  const std::vector<LineBox> boxes = downwards ? turned_back(lines, gray.cols) : lines;
  const std::vector<PlacedLine> placed = placed_lines(boxes);
  std::vector<Gutter> gutters = gutters_between_columns(placed, texts);
  if (!gutters.empty() && !gray.empty()) {
    cv::Mat page = gray;
    if (downwards) cv::rotate(gray, page, cv::ROTATE_90_COUNTERCLOCKWISE);
    gutters = cut_at_rules(gutters, placed, page_slope(boxes), page);
  }
  return rows_in_order(placed, gutters);
}

}  // namespace ocrtune::columns
