#include "ocrtune/ocr/ppocr/detection.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/columns/columns.h"

namespace ocrtune::ppocr {
namespace {

// ImageNet's means and deviations, for planes of blue, green, red. PaddleOCR has them in the order
// of red, green, blue before the same planes; of gray pages both orders leave 4.4 % wrong
// characters.
constexpr std::array kMeans{0.406, 0.456, 0.485};
constexpr std::array kDeviations{0.225, 0.224, 0.229};
constexpr int kWidthStep = 160;
constexpr int kHeightStep = 128;
constexpr int kStripHeight = 1280;
constexpr int kOverlap = 160;
constexpr double kMinThickness = 3;
// Thickness of lines, grown, in px of the map: thinner ones are lost, and more gains nothing.
constexpr double kThinLines = 15;
constexpr double kGoodLines = 20;
constexpr double kMaxSize = 4000;
constexpr double kUpwards = 1.5;
// A page is looked at once more if nothing was found in what was reduced by more than this.
constexpr int kMuchReduced = 3;

void normalize(const cv::Mat& gray, std::span<float> planes) {
  const std::size_t plane = planes.size() / 3;
  for (std::size_t c = 0; c < 3; ++c) {
    std::array<float, 256> values{};
    for (std::size_t level = 0; level < values.size(); ++level)
      values[level] =
          static_cast<float>((static_cast<double>(level) / 255 - kMeans[c]) / kDeviations[c]);
    float* to = planes.data() + c * plane;
    for (int y = 0; y < gray.rows; ++y) {
      const auto* row = gray.ptr<std::uint8_t>(y);
      for (int x = 0; x < gray.cols; ++x) *to++ = values[row[x]];
    }
  }
}

/// The smallest rectangle around the pixels of a contour.
LineBox box_around(const std::vector<cv::Point>& contour) {
  const cv::RotatedRect rectangle = cv::minAreaRect(contour);
  // OpenCV's passes through the centres of the outermost pixels.
  const double width = rectangle.size.width + 1.0;
  const double height = rectangle.size.height + 1.0;
  const double angle = rectangle.angle * CV_PI / 180;
  LineBox box{.centre = cv::Point2d(rectangle.center) + cv::Point2d(0.5, 0.5),
              .along = {std::cos(angle), std::sin(angle)},
              .length = width,
              .thickness = height};
  if (height > width) {
    std::swap(box.length, box.thickness);
    box.along = box.across();
  }
  return box;
}

/// From left to right, or upwards.
LineBox as_read(LineBox box) {
  const bool steep = std::abs(box.along.y) > std::abs(box.along.x);
  if (steep && box.length < kUpwards * box.thickness) {
    std::swap(box.length, box.thickness);
    box.along = box.across();
  }
  const bool upwards = std::abs(box.along.y) > std::abs(box.along.x);
  if (upwards ? box.along.y > 0 : box.along.x < 0) box.along = -box.along;
  return box;
}

double mean_inside(const cv::Mat& map, const LineBox& box) {
  const cv::Rect2d bounds = box.bounds();
  const cv::Rect area = cv::Rect(cvFloor(bounds.x), cvFloor(bounds.y), cvCeil(bounds.width) + 1,
                                 cvCeil(bounds.height) + 1) &
                        cv::Rect(0, 0, map.cols, map.rows);
  double sum = 0;
  int count = 0;
  for (int y = area.y; y < area.br().y; ++y) {
    const auto* row = map.ptr<float>(y);
    for (int x = area.x; x < area.br().x; ++x) {
      const cv::Point2d from = cv::Point2d(x + 0.5, y + 0.5) - box.centre;
      if (std::abs(from.dot(box.along)) > box.length / 2) continue;
      if (std::abs(from.dot(box.across())) > box.thickness / 2) continue;
      sum += row[x];
      ++count;
    }
  }
  return count > 0 ? sum / count : 0;
}

/// A box of the map as one of the image, whose scales may differ a little.
LineBox scaled(const LineBox& box, double x, double y) {
  const cv::Point2d along(box.along.x * x, box.along.y * y);
  const cv::Point2d across(box.across().x * x, box.across().y * y);
  const double longer = std::hypot(along.x, along.y);
  return {.centre = {box.centre.x * x, box.centre.y * y},
          .along = along / longer,
          .length = box.length * longer,
          .thickness = box.thickness * std::hypot(across.x, across.y),
          .score = box.score};
}

/// The median thickness of lines; there is at least one.
double median_thickness(const std::vector<LineBox>& lines) {
  std::vector<double> all;
  all.reserve(lines.size());
  for (const LineBox& line : lines) all.push_back(line.thickness);
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::ranges::nth_element(all, middle);
  return *middle;
}

/// The size at which a page whose lines of a map these are should be looked at again; 0: none.
double closer_size(const std::vector<LineBox>& of_map, int size, double page) {
  if (of_map.empty()) return page > kMuchReduced * size ? std::min(page, kMaxSize) : 0;
  const double thickness = median_thickness(of_map);
  if (thickness >= kThinLines) return 0;
  return std::min({size * kGoodLines / std::max(thickness, 1.0), kMaxSize, page});
}

/// The lines of a page that is scaled for the network, in px of the map.
std::vector<LineBox> lines_at_scale(NetworkPool& networks, const cv::Mat& gray,
                                    const StripPlan& plan, const DetectionOptions& options) {
  const bool smaller = plan.image.area() < gray.size().area();
  cv::Mat image;
  cv::resize(gray, image, plan.image, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
  return lines_of_map(probability_map(networks, image, plan), options);
}

}  // namespace

StripPlan plan_strips(const cv::Size& image, const DetectionOptions& options) {
  const double scale = std::min(
      options.size / static_cast<double>(std::max(image.width, image.height)), options.enlarged);
  StripPlan plan;
  plan.image = {std::max(1, cvRound(image.width * scale)),
                std::max(1, cvRound(image.height * scale))};
  plan.strip = {cv::roundUp(plan.image.width, kWidthStep),
                std::min(kStripHeight, cv::roundUp(plan.image.height, kHeightStep))};
  const int beyond = plan.image.height - plan.strip.height;
  const int steps = beyond <= 0 ? 0 : cv::divUp(beyond, kStripHeight - kOverlap);
  for (int i = 0; i <= steps; ++i) plan.tops.push_back(steps == 0 ? 0 : beyond * i / steps);
  return plan;
}

cv::Mat probability_map(NetworkPool& networks, const cv::Mat& image, const StripPlan& plan) {
  cv::Mat map(image.size(), CV_32FC1);
  const cv::Scalar mean = cv::mean(image);
  const NetworkPool::Taken network = networks.take(plan.strip.width, plan.strip.height);
  int from = 0;
  for (std::size_t i = 0; i < plan.tops.size(); ++i) {
    const int top = plan.tops[i];
    const int end = std::min(top + plan.strip.height, image.rows);
    cv::Mat strip(plan.strip, CV_8UC1, mean);
    image.rowRange(top, end).copyTo(strip(cv::Rect(0, 0, image.cols, end - top)));
    normalize(strip, network->input(plan.strip.width, plan.strip.height));
    const NetworkOutput output = network->run();
    if (output.rows != plan.strip.height || output.columns != plan.strip.width)
      throw Error(Errc::limit_reached,
                  tr("the network for detection has an output of another size"));
    const cv::Mat of_strip(output.rows, output.columns, CV_32FC1,
                           const_cast<float*>(output.values.data()));
    const int to = i + 1 < plan.tops.size() ? (plan.tops[i + 1] + end) / 2 : image.rows;
    of_strip(cv::Rect(0, from - top, image.cols, to - from)).copyTo(map.rowRange(from, to));
    from = to;
  }
  return map;
}

std::vector<LineBox> lines_of_map(const cv::Mat& map, const DetectionOptions& options) {
  cv::Mat text;
  cv::compare(map, options.threshold, text, cv::CMP_GT);
  std::vector<std::vector<cv::Point>> contours;
  std::vector<cv::Vec4i> hierarchy;
  cv::findContours(text, contours, hierarchy, cv::RETR_CCOMP, cv::CHAIN_APPROX_SIMPLE);
  std::vector<LineBox> lines;
  for (std::size_t i = 0; i < contours.size(); ++i) {
    if (hierarchy[i][3] >= 0) continue;  // the contour of a hole
    LineBox box = box_around(contours[i]);
    if (box.thickness < kMinThickness) continue;
    box.score = mean_inside(map, box);
    if (box.score < options.score) continue;
    const double growth =
        box.length * box.thickness * options.unclip / (box.length + box.thickness);
    box.length += growth;
    box.thickness += growth;
    lines.push_back(as_read(box));
  }
  std::ranges::stable_sort(lines, std::ranges::greater{}, &LineBox::score);
  if (lines.size() > columns::kMaxLines) lines.resize(columns::kMaxLines);
  return lines;
}

std::vector<LineBox> detect_lines(NetworkPool& networks, const cv::Mat& gray,
                                  const DetectionOptions& options) {
  StripPlan plan = plan_strips(gray.size(), options);
  std::vector<LineBox> lines = lines_at_scale(networks, gray, plan, options);
  DetectionOptions closer = options;
  closer.size = static_cast<int>(closer_size(lines, options.size, std::max(gray.cols, gray.rows)));
  if (closer.size > options.size) {
    plan = plan_strips(gray.size(), closer);
    lines = lines_at_scale(networks, gray, plan, closer);
  }
  const double x = static_cast<double>(gray.cols) / plan.image.width;
  const double y = static_cast<double>(gray.rows) / plan.image.height;
  for (LineBox& line : lines) line = scaled(line, x, y);
  return lines;
}

}  // namespace ocrtune::ppocr
