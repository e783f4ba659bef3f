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

/// The nearest line above or below one, on one side of a gutter, as near and as high as the lines
/// of a column are; null if there is none.
const PlacedLine* neighbour(const PlacedLine& line, const Gutter& gutter, bool above, bool left,
                            const std::vector<PlacedLine>& lines) {
  // In its height.
  constexpr double kMaxGap = 0.6;
  constexpr double kMaxRatio = 1.4;
  const PlacedLine* nearest = nullptr;
  for (const PlacedLine& other : lines) {
    const double down = above ? line.y - other.y : other.y - line.y;
    const bool is_there = left ? other.right <= gutter.x && other.right > line.left
                               : other.left >= gutter.x && other.left < line.right;
    if (down <= 0 || !is_there) continue;
    if (nearest == nullptr || down < std::abs(nearest->y - line.y)) nearest = &other;
  }
  if (nearest == nullptr) return nullptr;
  const double gap = above ? line.top() - nearest->bottom() : nearest->top() - line.bottom();
  const bool is_alike =
      std::max(line.height, nearest->height) <= kMaxRatio * std::min(line.height, nearest->height);
  return gap <= kMaxGap * line.height && is_alike ? nearest : nullptr;
}

/// Whether a line across a gutter is one of each column, found as one: it goes from the left edge
/// of one to the right edge of the other, between lines of both.
bool is_joined(const PlacedLine& line, const Gutter& gutter, const std::vector<PlacedLine>& lines) {
  constexpr double kEdge = 1.5;  // in its height
  double left = line.left;
  double right = line.right;
  for (const bool above : {true, false}) {
    const PlacedLine* of_left = neighbour(line, gutter, above, true, lines);
    const PlacedLine* of_right = neighbour(line, gutter, above, false, lines);
    if (of_left == nullptr || of_right == nullptr) return false;
    left = std::min(left, of_left->left);
    right = std::max(right, of_right->right);
  }
  return line.left - left <= kEdge * line.height && right - line.right <= kEdge * line.height;
}

/// Whether a line ends a gutter.
bool is_in_the_way(const PlacedLine& line, const Gutter& gutter,
                   const std::vector<PlacedLine>& lines) {
  return gutter.is_crossed_by(line) && !is_joined(line, gutter, lines);
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
    if (is_in_the_way(**line, gutter, lines) ||
        ((*line)->bottom() < near && (*line)->y < reach.top))
      break;
    gutter.top = std::min(gutter.top, (*line)->top());
  }
  for (const PlacedLine* line : beside) {
    if (line->y <= gutter.bottom) continue;
    const double near = gutter.bottom + kReach * std::max(line->height, height);
    if (is_in_the_way(*line, gutter, lines) || (line->top() > near && line->y > reach.bottom))
      break;
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
             is_in_the_way(line, both, lines);
    });
    if (is_crossed) continue;
    known = both;
    return;
  }
  gutters.push_back(gutter);
}

}  // namespace ocrtune::columns
