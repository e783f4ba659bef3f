#include "ocrtune/ocr/columns/gutter.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/ocr/columns/median.h"

namespace ocrtune::columns {
namespace {

/// How far away the next line may be, in its height or the median one: ruled lines have little.
constexpr double kReach = 1.5;
/// Lines across a gutter, of those beside it.
constexpr double kMaxCrossing = 0.05;

double median_height(const std::vector<const PlacedLine*>& lines) {
  std::vector<double> heights;
  heights.reserve(lines.size());
  for (const PlacedLine* line : lines) heights.push_back(line->height);
  return median(std::move(heights));
}

}  // namespace

bool is_free(const Gutter& gutter, const std::vector<PlacedLine>& lines, std::size_t beside) {
  const auto crossing = std::ranges::count_if(lines, [&](const PlacedLine& line) {
    return gutter.reaches(line) && gutter.is_crossed_by(line);
  });
  return static_cast<double>(crossing) <= kMaxCrossing * static_cast<double>(beside);
}

Gutter extended(Gutter gutter, const std::vector<PlacedLine>& lines, const GutterReach& reach) {
  std::vector<const PlacedLine*> beside;
  for (const PlacedLine& line : lines) {
    if (line.right > reach.left && line.left < reach.right) beside.push_back(&line);
  }
  std::ranges::stable_sort(beside, {}, &PlacedLine::y);
  const double height = median_height(beside);
  for (auto line = beside.rbegin(); line != beside.rend(); ++line) {
    if ((*line)->y >= gutter.top) continue;
    const double near = gutter.top - kReach * std::max((*line)->height, height);
    if (gutter.is_crossed_by(**line) || ((*line)->bottom() < near && (*line)->y < reach.top)) break;
    gutter.top = std::min(gutter.top, (*line)->top());
  }
  for (const PlacedLine* line : beside) {
    if (line->y <= gutter.bottom) continue;
    const double near = gutter.bottom + kReach * std::max(line->height, height);
    if (gutter.is_crossed_by(*line) || (line->top() > near && line->y > reach.bottom)) break;
    gutter.bottom = std::max(gutter.bottom, line->bottom());
  }
  return gutter;
}

void add_gutter(const Gutter& gutter, double tolerance, const std::vector<PlacedLine>& lines,
                std::vector<Gutter>& gutters) {
  for (Gutter& known : gutters) {
    if (std::abs(known.x - gutter.x) > tolerance) continue;
    const Gutter both{.x = known.x,
                      .top = std::min(known.top, gutter.top),
                      .bottom = std::max(known.bottom, gutter.bottom)};
    const bool is_crossed = std::ranges::any_of(lines, [&](const PlacedLine& line) {
      return both.reaches(line) && !known.reaches(line) && !gutter.reaches(line) &&
             both.is_crossed_by(line);
    });
    if (is_crossed) continue;
    known = both;
    return;
  }
  gutters.push_back(gutter);
}

}  // namespace ocrtune::columns
