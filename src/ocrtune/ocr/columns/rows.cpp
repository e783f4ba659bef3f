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
    return std::ranges::all_of(row,
                               [&](const PlacedLine& other) {
                                 return are_beside(other, line) &&
                                        !is_in_earlier_column(line, other, gutters_) &&
                                        !is_in_earlier_column(other, line, gutters_);
                               }) &&
           std::ranges::any_of(row, [&](const PlacedLine& other) {
             return overlap(other, line) >= kSameRow * std::min(other.height, line.height);
           });
  }

  const std::vector<Gutter>& gutters_;
};

/// Rows that came from top to bottom, in reading order: what a gutter has on its left before what
/// it has on its right (Breuel 2003, with gutters for his second rule).
std::vector<PlacedRow> by_columns(std::vector<PlacedRow> rows, const std::vector<Gutter>& gutters) {
  const auto is_before = [&](std::size_t row, std::size_t other) {
    return is_in_earlier_column(rows[row].front(), rows[other].front(), gutters);
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
  double above = 0;
  for (const PlacedRow& of_row : ordered) {
    Row& row = rows.emplace_back();
    // Where the order goes up, another column begins.
    if (!gutters.empty() && rows.size() > 1 && of_row.front().y < above) ++block;
    above = of_row.front().y;
    row.block = block;
    for (const PlacedLine& line : of_row) row.lines.push_back(line.index);
  }
  return rows;
}

std::vector<Row> rows_of(const std::vector<LineBox>& lines, const std::vector<std::string>& texts,
                         const cv::Mat& gray) {
  if (run_downwards(lines)) {
    cv::Mat turned;
    if (!gray.empty()) cv::rotate(gray, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
    return rows_of(turned_back(lines, gray.cols), texts, turned);
  }
  const std::vector<PlacedLine> placed = placed_lines(lines);
  return rows_in_order(placed, cut_at_rules(gutters_between_columns(placed, texts), placed,
                                            page_slope(lines), gray));
}

}  // namespace ocrtune::columns
