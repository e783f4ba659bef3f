#include "ocrtune/ocr/columns/rules.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocrtune/ocr/columns/median.h"

namespace ocrtune::columns {
namespace {

// In heights of a line.
constexpr double kAside = 4;       ///< how far to both sides a rule is followed
constexpr double kMiddle = 0.5;    ///< the same, where nothing but a rule is dark
constexpr double kBend = 0.12;     ///< by which a rule may leave the straight line
constexpr double kThickest = 0.6;  ///< what is thicker is a picture, or a shadow
constexpr double kApart = 1;       ///< between two rules

/// Places along a rule in the height of a line.
constexpr double kSamples = 16;

/// Of the places along a rule those that are dark, at least.
constexpr double kDark = 0.9;
/// Of the rows between two columns those that are dark: in more, the page is, or a picture is
/// there.
constexpr double kMostDark = 0.5;

double height_beside(const std::vector<PlacedLine>& lines, const Gutter& gutter) {
  std::vector<double> heights;
  for (const PlacedLine& line : lines) {
    if (gutter.reaches(line)) heights.push_back(line.height);
  }
  return std::max(1.0, median(std::move(heights)));
}

/// The part of a page around a gutter, as if the page were not skewed: every row, and every `step`
/// of a column; white outside of the page. OpenCV's functions for this take no sides of 32767 px.
cv::Mat around(const Gutter& gutter, double aside, double step, double slope, const cv::Mat& gray) {
  cv::Mat part(static_cast<int>(std::ceil(gutter.bottom - gutter.top)),
               static_cast<int>(std::ceil(2 * aside / step)), CV_8U, cv::Scalar(255));
  // The inverse of what placed_lines() does: x + slope * y, y - slope * x.
  const double scale = 1 / (1 + slope * slope);
  for (int row = 0; row < part.rows; ++row) {
    const double y = gutter.top + row;
    auto* pixels = part.ptr<std::uint8_t>(row);
    for (int column = 0; column < part.cols; ++column) {
      const double x = gutter.x - aside + column * step;
      const double at_x = std::floor(scale * (x - slope * y));
      const double at_y = std::floor(scale * (y + slope * x));
      if (at_x >= 0 && at_y >= 0 && at_x < gray.cols && at_y < gray.rows)
        pixels[column] = gray.at<std::uint8_t>(static_cast<int>(at_y), static_cast<int>(at_x));
    }
  }
  return part;
}

/// For each row around a gutter, whether it is dark from one end to the other. None if most are
/// dark between the columns.
std::vector<bool> dark_rows(const Gutter& gutter, double height, int thickness, double slope,
                            const cv::Mat& gray) {
  const double step = std::max(1.0, height / kSamples);
  cv::Mat dark = around(gutter, kAside * height, step, slope, gray);
  cv::threshold(dark, dark, 0, 1, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  const int middle = std::max(1, static_cast<int>(kMiddle * height / step));
  const cv::Range around_middle(std::max(0, dark.cols / 2 - middle),
                                std::min(dark.cols, dark.cols / 2 + middle));
  if (cv::mean(dark.colRange(around_middle))[0] > kMostDark) return {};
  cv::dilate(dark, dark, cv::Mat::ones(thickness, 1, CV_8U));
  cv::Mat of_all;
  cv::Mat of_middle;
  cv::reduce(dark, of_all, 1, cv::REDUCE_AVG, CV_64F);
  cv::reduce(dark.colRange(around_middle), of_middle, 1, cv::REDUCE_AVG, CV_64F);
  std::vector<bool> rows;
  rows.reserve(static_cast<std::size_t>(dark.rows));
  for (int row = 0; row < dark.rows; ++row)
    rows.push_back(of_all.at<double>(row) >= kDark && of_middle.at<double>(row) >= kDark);
  return rows;
}

/// Where rules go across a gutter: their heights, from top to bottom.
std::vector<double> rules_across(const Gutter& gutter, double height, double slope,
                                 const cv::Mat& gray) {
  if (gray.empty() || gutter.bottom - gutter.top < height) return {};
  const int thickness = 1 + 2 * static_cast<int>(std::ceil(kBend * height / 2));
  const std::vector<bool> dark = dark_rows(gutter, height, thickness, slope, gray);
  std::vector<double> rules;
  for (auto begin = dark.begin(); begin != dark.end();) {
    begin = std::find(begin, dark.end(), true);
    const auto end = std::find(begin, dark.end(), false);
    const auto thick = static_cast<double>(end - begin - (thickness - 1));
    const double y =
        gutter.top + static_cast<double>((begin - dark.begin()) + (end - dark.begin())) / 2;
    if (begin != end && thick <= std::max(kThickest * height, 3.0) &&
        (rules.empty() || y - rules.back() > kApart * height))
      rules.push_back(y);
    begin = end;
  }
  return rules;
}

}  // namespace

std::vector<Gutter> cut_at_rules(const std::vector<Gutter>& gutters,
                                 const std::vector<PlacedLine>& lines, double slope,
                                 const cv::Mat& gray) {
  // Bounds the time for pages full of rules.
  constexpr std::size_t kMaxParts = 300;
  std::vector<Gutter> cut;
  for (Gutter gutter : gutters) {
    for (const double y : rules_across(gutter, height_beside(lines, gutter), slope, gray)) {
      cut.push_back({.x = gutter.x, .top = gutter.top, .bottom = y});
      gutter.top = y;
    }
    cut.push_back(gutter);
    if (cut.size() > std::max(kMaxParts, gutters.size())) return gutters;
  }
  return cut;
}

bool are_apart_by_rule(const PlacedLine& line, const PlacedLine& other,
                       const std::vector<Gutter>& gutters) {
  for (std::size_t i = 1; i < gutters.size(); ++i) {
    const Gutter& above = gutters[i - 1];
    const Gutter& below = gutters[i];
    if (above.x == below.x && above.bottom == below.top &&
        ((above.reaches(line) && below.reaches(other)) ||
         (above.reaches(other) && below.reaches(line))))
      return true;
  }
  return false;
}

}  // namespace ocrtune::columns
