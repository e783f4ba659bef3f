#include "ocrtune/kernels/measure/sheet.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/measure/gray_statistics.h"

namespace ocrtune {

namespace {

/// Longest side of the reduced page, in px, and of a square that covers its print.
constexpr int kReduced = 800;
constexpr int kPrint = 13;
/// Least difference in gray levels between the sheet and the darker ground.
constexpr double kMinContrastOfSheet = 30;
/// Distance from the edges of the reduced page within which pixels are ignored.
constexpr int kEdge = 3;
/// Greatest distance of points of a side from its line, in px of the reduced page.
constexpr double kStraight = 3;

struct Line {
  cv::Point2d at;
  cv::Point2d along;  ///< of length 1
};

/// Whether a point is beside a side without its ends, which are round or folded on some sheets.
bool beside(const cv::Point2d& point, const cv::Point2d& from, const cv::Point2d& to,
            double reach) {
  const cv::Point2d side = to - from;
  const double length = std::hypot(side.x, side.y);
  const double place = (point - from).dot(side) / length;
  const double away = std::abs((point - from).cross(side)) / length;
  return place > 0.08 * length && place < 0.92 * length && away < reach;
}

std::optional<Line> line_through(const std::vector<cv::Point2d>& points) {
  if (points.size() < 8) return {};
  cv::Point2d middle;
  for (const cv::Point2d& point : points) middle += point;
  middle *= 1.0 / static_cast<double>(points.size());
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (const cv::Point2d& point : points) {
    const cv::Point2d d = point - middle;
    xx += d.x * d.x;
    xy += d.x * d.y;
    yy += d.y * d.y;
  }
  // The longer of the two forms of the eigenvector of the greater eigenvalue.
  const double larger = 0.5 * (xx + yy + std::sqrt((xx - yy) * (xx - yy) + 4 * xy * xy));
  cv::Point2d along = xx >= yy ? cv::Point2d(larger - yy, xy) : cv::Point2d(xy, larger - xx);
  const double length = std::sqrt(along.dot(along));
  if (length == 0) return {};
  return Line{middle, along * (1 / length)};
}

/// A line along the points of the outline near a side; none if the points do not cover the side or
/// are not straight.
std::optional<Line> side_line(const std::vector<cv::Point>& outline, const cv::Point2d& from,
                              const cv::Point2d& to) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  std::optional<Line> line;
  cv::Point2d first = from;
  cv::Point2d second = to;
  for (const double reach : {0.03 * length + kStraight, kStraight}) {
    std::vector<cv::Point2d> points;
    points.reserve(outline.size());
    for (const cv::Point& point : outline) {
      if (beside(point, first, second, reach)) points.emplace_back(point);
    }
    if (static_cast<double>(points.size()) < 0.5 * length) return {};
    line = line_through(points);
    if (!line) return {};
    first = line->at + line->along * (from - line->at).dot(line->along);
    second = line->at + line->along * (to - line->at).dot(line->along);
  }
  return line;
}

std::optional<cv::Point2d> crossing(const Line& a, const Line& b) {
  const double sine = a.along.cross(b.along);
  if (std::abs(sine) < 0.7) return {};
  return a.at + a.along * ((b.at - a.at).cross(b.along) / sine);
}

/// The outline of the largest light component of a page without print.
std::vector<cv::Point> largest_outline(const cv::Mat& page) {
  const cv::Mat light = page > otsu_threshold(page);
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(light, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  const auto largest =
      std::ranges::max_element(outlines, {}, [](const auto& o) { return cv::contourArea(o); });
  return largest == outlines.end() ? std::vector<cv::Point>() : *largest;
}

bool touches_edges(const std::vector<cv::Point>& outline, const cv::Size& page) {
  return std::ranges::any_of(outline, [&](const cv::Point& p) {
    return p.x < kEdge || p.y < kEdge || p.x >= page.width - kEdge || p.y >= page.height - kEdge;
  });
}

/// Four corners of the convex hull, clockwise from the upper left; none if it is not a
/// quadrilateral.
std::optional<Corners> rough_corners(const std::vector<cv::Point>& outline) {
  std::vector<cv::Point> hull;
  cv::convexHull(outline, hull);
  const double around = cv::arcLength(hull, true);
  for (int step = 1; step <= 8; ++step) {
    std::vector<cv::Point> corners;
    cv::approxPolyDP(hull, corners, 0.01 * step * around, true);
    if (corners.size() > 4) continue;
    if (corners.size() < 4) return {};
    const auto sum = [](const cv::Point& p) { return p.x + p.y; };
    std::rotate(corners.begin(), std::ranges::min_element(corners, {}, sum), corners.end());
    if ((corners[1] - corners[0]).cross(corners[3] - corners[0]) < 0)
      std::reverse(corners.begin() + 1, corners.end());
    return Corners{corners[0], corners[1], corners[2], corners[3]};
  }
  return {};
}

std::optional<Corners> fitted_corners(const std::vector<cv::Point>& outline, const Corners& rough) {
  std::vector<Line> sides;
  sides.reserve(4);
  for (std::size_t i = 0; i < 4; ++i) {
    const auto line = side_line(outline, rough.at(i), rough.at((i + 1) % 4));
    if (!line) return {};
    sides.push_back(*line);
  }
  Corners corners;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto corner = crossing(sides[(i + 3) % 4], sides[i]);
    if (!corner) return {};
    corners.at(i) = *corner;
  }
  return corners;
}

/// How much lighter the sheet is along its outline than the ground beside it.
double contrast(const cv::Mat& page, const std::vector<cv::Point>& outline) {
  cv::Mat sheet(page.size(), CV_8UC1, cv::Scalar(0));
  cv::drawContours(sheet, std::vector<std::vector<cv::Point>>{outline}, 0, 255, cv::FILLED);
  cv::Mat larger;
  cv::Mat smaller;
  cv::dilate(sheet, larger, cv::Mat::ones(25, 25, CV_8UC1));
  cv::erode(sheet, smaller, cv::Mat::ones(25, 25, CV_8UC1));
  return cv::mean(page, sheet & ~smaller)[0] - cv::mean(page, larger & ~sheet)[0];
}

/// Converts to corners of pixels of the page, and rounds to steps so coarse that rounding errors do
/// not matter.
cv::Point2d on_page(const cv::Point2d& place, double reduction_x, double reduction_y) {
  const auto step = [](double value) { return std::round(64 * value) / 64; };
  return {step((place.x + 0.5) * reduction_x), step((place.y + 0.5) * reduction_y)};
}

}  // namespace

double area_of(const Corners& corners) {
  return 0.5 * std::abs((corners[2] - corners[0]).cross(corners[3] - corners[1]));
}

std::optional<Corners> sheet_corners(const cv::Mat& gray) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  constexpr int kMinSide = 64;
  if (std::min(gray.rows, gray.cols) < kMinSide) return {};
  const double scale =
      std::min(1.0, static_cast<double>(kReduced) / std::max(gray.rows, gray.cols));
  cv::Mat page;
  cv::resize(gray, page,
             {std::max(1, cvRound(scale * gray.cols)), std::max(1, cvRound(scale * gray.rows))}, 0,
             0, cv::INTER_AREA);
  cv::morphologyEx(page, page, cv::MORPH_CLOSE, cv::Mat::ones(kPrint, kPrint, CV_8UC1));

  const std::vector<cv::Point> outline = largest_outline(page);
  if (outline.empty() || touches_edges(outline, page.size())) return {};
  const auto rough = rough_corners(outline);
  if (!rough) return {};
  const auto fitted = fitted_corners(outline, *rough);
  if (!fitted) return {};
  const double fill = cv::contourArea(outline) / area_of(*fitted);
  if (fill < 0.95 || fill > 1.03 || contrast(page, outline) < kMinContrastOfSheet) return {};
  Corners corners;
  for (std::size_t i = 0; i < 4; ++i)
    corners.at(i) = on_page(fitted->at(i), static_cast<double>(gray.cols) / page.cols,
                            static_cast<double>(gray.rows) / page.rows);
  return corners;
}

}  // namespace ocrtune
