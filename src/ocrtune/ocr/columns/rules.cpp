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
constexpr double kAside = 4;     ///< how far to both sides a rule is followed
constexpr double kMiddle = 0.5;  ///< the same, where nothing but a rule is dark
constexpr double kBend = 0.12;   ///< by which a rule may leave the straight line
constexpr double kDash = 0.3;    ///< a gap in a dotted one
constexpr double kApart = 1;     ///< between two rules

/// Places along a rule in the height of a line.
constexpr double kSamples = 16;
/// Of the places along a rule those that are dark, at least.
constexpr double kDark = 0.9;
/// Darker than the paper by so much. Noise and the other side of the paper have less.
constexpr double kContrast = 30;

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

/// For each row the brightness of the paper between the columns: the brightest of the rows around.
cv::Mat paper_of(const cv::Mat& middle, double height) {
  cv::Mat paper;
  cv::reduce(middle, paper, 1, cv::REDUCE_AVG, CV_32F);
  cv::dilate(paper, paper, cv::Mat::ones(1 + 2 * static_cast<int>(height), 1, CV_8U));
  return paper;
}

/// For each row around a gutter, whether it is dark from one end to the other.
std::vector<bool> dark_rows(const Gutter& gutter, double height, int thickness, double slope,
                            const cv::Mat& gray) {
  const double step = std::max(1.0, height / kSamples);
  const cv::Mat part = around(gutter, kAside * height, step, slope, gray);
  const int half = std::max(1, static_cast<int>(kMiddle * height / step));
  const cv::Range middle(std::max(0, part.cols / 2 - half),
                         std::min(part.cols, part.cols / 2 + half));
  cv::Mat limit;
  cv::repeat(paper_of(part.colRange(middle), height) - kContrast, 1, part.cols, limit);
  cv::Mat level;
  part.convertTo(level, CV_32F);
  cv::Mat dark = level < limit;
  const int dash = 1 + static_cast<int>(kDash * height / step);
  cv::morphologyEx(dark, dark, cv::MORPH_CLOSE, cv::Mat::ones(1, dash, CV_8U));
  cv::dilate(dark, dark, cv::Mat::ones(thickness, 1, CV_8U));
  cv::Mat of_all;
  cv::Mat of_middle;
  cv::reduce(dark, of_all, 1, cv::REDUCE_AVG, CV_64F);
  cv::reduce(dark.colRange(middle), of_middle, 1, cv::REDUCE_AVG, CV_64F);
  std::vector<bool> rows;
  rows.reserve(static_cast<std::size_t>(dark.rows));
  for (int row = 0; row < dark.rows; ++row)
    rows.push_back(of_all.at<double>(row) >= kDark * 255 &&
                   of_middle.at<double>(row) >= kDark * 255);
  return rows;
}

/// Whether a line of text is at a gutter between two heights.
bool has_text(const std::vector<PlacedLine>& lines, const Gutter& gutter, double aside, double top,
              double bottom) {
  return std::ranges::any_of(lines, [&](const PlacedLine& line) {
    return line.y >= top && line.y <= bottom && line.left < gutter.x + aside &&
           line.right > gutter.x - aside;
  });
}

/// Where rules go across a gutter, between lines of text: their heights, from top to bottom.
std::vector<double> rules_across(const Gutter& gutter, const std::vector<PlacedLine>& lines,
                                 double slope, const cv::Mat& gray) {
  const double height = height_beside(lines, gutter);
  if (gray.empty() || gutter.bottom - gutter.top < height) return {};
  const int thickness = 1 + 2 * static_cast<int>(std::ceil(kBend * height / 2));
  const std::vector<bool> dark = dark_rows(gutter, height, thickness, slope, gray);
  std::vector<double> rules;
  for (auto begin = dark.begin(); begin != dark.end();) {
    begin = std::find(begin, dark.end(), true);
    const auto end = std::find(begin, dark.end(), false);
    const double top = gutter.top + static_cast<double>(begin - dark.begin());
    const double bottom = gutter.top + static_cast<double>(end - dark.begin());
    const double y = (top + bottom) / 2;
    if (begin != end && !has_text(lines, gutter, kAside * height, top, bottom) &&
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
    for (const double y : rules_across(gutter, lines, slope, gray)) {
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
