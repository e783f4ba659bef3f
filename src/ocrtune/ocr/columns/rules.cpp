#include "ocrtune/ocr/columns/rules.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace ocrtune::columns {
namespace {

// In heights of a line.
constexpr double kAside = 4;         ///< how far to both sides a rule is followed
constexpr double kMiddle = 0.5;      ///< the same, where nothing but a rule is dark
constexpr double kThickness = 0.12;  ///< by which a rule may leave the straight line
constexpr double kApart = 1;         ///< between two rules

/// Of the places along a rule those that are dark, at least.
constexpr double kDark = 0.9;

double height_beside(const std::vector<PlacedLine>& lines, const Gutter& gutter) {
  std::vector<double> heights;
  for (const PlacedLine& line : lines) {
    if (gutter.reaches(line)) heights.push_back(line.height);
  }
  std::ranges::sort(heights);
  return heights.empty() ? 1 : std::max(1.0, heights[heights.size() / 2]);
}

/// The part of a page around a gutter, as if the page were not skewed; white outside of it.
cv::Mat around(const Gutter& gutter, double reach, double slope, const cv::Mat& gray) {
  const double left = gutter.x - reach;
  // The inverse of what placed_lines() does: x + slope * y, y - slope * x.
  const double scale = 1 / (1 + slope * slope);
  const cv::Matx23d to_page(scale, -slope * scale, (left - slope * gutter.top) * scale,
                            slope * scale, scale, (gutter.top + slope * left) * scale);
  cv::Mat part;
  const cv::Size size(static_cast<int>(std::ceil(2 * reach)),
                      static_cast<int>(std::ceil(gutter.bottom - gutter.top)));
  cv::warpAffine(gray, part, to_page, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_CONSTANT, cv::Scalar(255));
  return part;
}

/// Where rules go across a gutter: their heights, from top to bottom.
std::vector<double> rules_across(const Gutter& gutter, double height, double slope,
                                 const cv::Mat& gray) {
  if (gray.empty() || gutter.bottom - gutter.top < height) return {};
  cv::Mat dark = around(gutter, kAside * height, slope, gray);
  cv::threshold(dark, dark, 0, 1, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const int thickness = 1 + 2 * static_cast<int>(std::ceil(kThickness * height / 2));
  cv::dilate(dark, dark, cv::Mat::ones(thickness, 1, CV_8U));
  const int middle = std::max(1, static_cast<int>(kMiddle * height));
  const cv::Range around_middle(std::max(0, dark.cols / 2 - middle),
                                std::min(dark.cols, dark.cols / 2 + middle));
  cv::Mat of_all;
  cv::Mat of_middle;
  cv::reduce(dark, of_all, 1, cv::REDUCE_AVG, CV_64F);
  cv::reduce(dark.colRange(around_middle), of_middle, 1, cv::REDUCE_AVG, CV_64F);
  std::vector<double> rules;
  for (int begin = 0; begin < dark.rows; ++begin) {
    const auto is_dark = [&](int y) {
      return of_all.at<double>(y) >= kDark && of_middle.at<double>(y) >= kDark;
    };
    if (!is_dark(begin)) continue;
    int end = begin;
    while (end < dark.rows && is_dark(end)) ++end;
    const double y = gutter.top + (begin + end) / 2.0;
    if (rules.empty() || y - rules.back() > kApart * height) rules.push_back(y);
    begin = end;
  }
  return rules;
}

}  // namespace

std::vector<Gutter> cut_at_rules(const std::vector<Gutter>& gutters,
                                 const std::vector<PlacedLine>& lines, double slope,
                                 const cv::Mat& gray) {
  std::vector<Gutter> cut;
  for (Gutter gutter : gutters) {
    for (const double y : rules_across(gutter, height_beside(lines, gutter), slope, gray)) {
      cut.push_back({.x = gutter.x, .top = gutter.top, .bottom = y});
      gutter.top = y;
    }
    cut.push_back(gutter);
  }
  return cut;
}

}  // namespace ocrtune::columns
