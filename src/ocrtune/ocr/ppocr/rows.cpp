#include "ocrtune/ocr/ppocr/rows.h"

#include <algorithm>
#include <cmath>

namespace ocrtune::ppocr {
namespace {

constexpr double kSameRow = 0.5;
constexpr double kBeside = 0.5;
/// Shorter lines say little about the slope of the page.
constexpr double kElongated = 3;

double median_slope(const std::vector<LineBox>& lines) {
  std::vector<double> slopes;
  for (const LineBox& line : lines) {
    if (line.length > kElongated * line.thickness && line.along.x > 0.7)
      slopes.push_back(line.along.y / line.along.x);
  }
  std::ranges::sort(slopes);
  return slopes.empty() ? 0 : slopes[slopes.size() / 2];
}

/// A line on the page as if the page were not skewed.
struct Placed {
  std::size_t index = 0;
  double x = 0;
  double y = 0;
  double height = 0;
  cv::Rect2d bounds;
};

double overlap(const Placed& a, const Placed& b) {
  return std::min(a.y + a.height / 2, b.y + b.height / 2) -
         std::max(a.y - a.height / 2, b.y - b.height / 2);
}

/// Whether two lines lie beside each other, not one above the other.
bool are_beside(const Placed& a, const Placed& b) {
  const double common =
      std::min(a.bounds.br().x, b.bounds.br().x) - std::max(a.bounds.x, b.bounds.x);
  return common < kBeside * std::min(a.bounds.width, b.bounds.width);
}

bool belongs_to(const Placed& line, const std::vector<Placed>& row) {
  return std::ranges::all_of(row, [&](const Placed& other) { return are_beside(other, line); }) &&
         std::ranges::any_of(row, [&](const Placed& other) {
           return overlap(other, line) >= kSameRow * std::min(other.height, line.height);
         });
}

}  // namespace

std::vector<std::vector<std::size_t>> rows_of(const std::vector<LineBox>& lines) {
  const double slope = median_slope(lines);
  std::vector<Placed> placed;
  placed.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const LineBox& line = lines[i];
    const cv::Rect2d bounds = line.bounds();
    const double rise = std::abs(line.along.y - slope * line.along.x) * line.length;
    placed.push_back({.index = i,
                      .x = line.centre.x,
                      .y = line.centre.y - slope * line.centre.x,
                      .height = std::min(line.thickness + rise, bounds.height),
                      .bounds = bounds});
  }
  std::ranges::stable_sort(placed, {}, &Placed::y);
  std::vector<std::vector<Placed>> rows;
  for (const Placed& line : placed) {
    const auto row = std::find_if(rows.rbegin(), rows.rend(), [&](const auto& candidate) {
      return belongs_to(line, candidate);
    });
    if (row != rows.rend())
      row->push_back(line);
    else
      rows.push_back({line});
  }
  std::vector<std::vector<std::size_t>> indices;
  for (std::vector<Placed>& row : rows) {
    std::ranges::stable_sort(row, {}, &Placed::x);
    std::vector<std::size_t>& of_row = indices.emplace_back();
    for (const Placed& line : row) of_row.push_back(line.index);
  }
  return indices;
}

}  // namespace ocrtune::ppocr
