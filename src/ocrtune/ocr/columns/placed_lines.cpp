#include "ocrtune/ocr/columns/placed_lines.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/ocr/columns/median.h"

namespace ocrtune::columns {
namespace {

/// Shorter lines say little about the slope of the page.
constexpr double kElongated = 3;

}  // namespace

double page_slope(const std::vector<LineBox>& lines) {
  std::vector<double> slopes;
  for (const LineBox& line : lines) {
    if (line.length > kElongated * line.thickness && line.along.x > 0.7)
      slopes.push_back(line.along.y / line.along.x);
  }
  return median(std::move(slopes));
}

std::vector<PlacedLine> placed_lines(const std::vector<LineBox>& lines) {
  const double slope = page_slope(lines);
  std::vector<PlacedLine> placed;
  placed.reserve(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const LineBox& line = lines[i];
    const cv::Rect2d bounds = line.bounds();
    const double rise = std::abs(line.along.y - slope * line.along.x) * line.length;
    const double aside = slope * line.centre.y;
    placed.push_back({.index = i,
                      .x = line.centre.x + aside,
                      .y = line.centre.y - slope * line.centre.x,
                      .left = bounds.x + aside,
                      .right = bounds.br().x + aside,
                      .height = std::min(line.thickness + rise, bounds.height),
                      .bounds = bounds});
  }
  return placed;
}

}  // namespace ocrtune::columns
