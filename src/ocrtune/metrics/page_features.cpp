#include "ocrtune/metrics/page_features.h"

#include <cmath>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/kernels/lines/line_mask.h"
#include "ocrtune/kernels/measure/paper_level.h"
#include "ocrtune/kernels/measure/skew.h"
#include "ocrtune/kernels/measure/x_height.h"
#include "ocrtune/metrics/image_quality.h"

namespace ocrtune {
namespace {

constexpr int kGrid = 8;

double colour_of(const cv::Mat& bgr) {
  if (bgr.empty()) return 0;
  cv::Mat channels[3];
  cv::split(bgr, channels);
  cv::Mat largest;
  cv::Mat smallest;
  cv::max(channels[0], channels[1], largest);
  cv::max(largest, channels[2], largest);
  cv::min(channels[0], channels[1], smallest);
  cv::min(smallest, channels[2], smallest);
  return cv::mean(largest - smallest)[0];
}

void add_letters(const cv::Mat& gray, PageFeatures& features) {
  const std::vector<ComponentBox> letters = letter_boxes(gray);
  features.letters = static_cast<double>(letters.size());
  if (letters.empty()) return;
  features.skew = std::abs(text_skew(letters).slope);
  std::vector<cv::Point2d> centres;
  centres.reserve(letters.size());
  for (const ComponentBox& box : letters)
    centres.emplace_back((box.left + box.right) / 2.0, (box.top + box.bottom) / 2.0);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(centres, mean, deviation);
  features.spread_x = deviation[0] / gray.cols;
  features.spread_y = deviation[1] / gray.rows;
}

}  // namespace

std::array<double, 15> PageFeatures::values() const {
  return {pixels, aspect, dpi,      paper,   contrast, cnr,      noise, unevenness,
          ruling, skew,   x_height, letters, spread_x, spread_y, colour};
}

double paper_unevenness(const cv::Mat& gray) {
  std::vector<double> levels;
  for (int row = 0; row < kGrid; ++row) {
    for (int column = 0; column < kGrid; ++column) {
      const cv::Range rows(gray.rows * row / kGrid, gray.rows * (row + 1) / kGrid);
      const cv::Range columns(gray.cols * column / kGrid, gray.cols * (column + 1) / kGrid);
      if (!rows.empty() && !columns.empty()) levels.push_back(paper_level(gray(rows, columns)));
    }
  }
  if (levels.empty()) return 0;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(levels, mean, deviation);
  return deviation[0];
}

double noise_deviation(const cv::Mat& gray) {
  if (gray.cols < 3 || gray.rows < 3) return 0;
  const cv::Mat mask = (cv::Mat_<float>(3, 3) << 1, -2, 1, -2, 4, -2, 1, -2, 1);
  cv::Mat response;
  cv::filter2D(gray, response, CV_16S, mask);
  const cv::Mat inner = response(cv::Rect(1, 1, gray.cols - 2, gray.rows - 2));
  const double sum = cv::norm(inner, cv::NORM_L1);
  return std::sqrt(std::numbers::pi / 2) * sum / (6.0 * static_cast<double>(inner.total()));
}

PageFeatures page_features(const Image& page) {
  const cv::Mat& gray = page.gray;
  const cv::Mat reduced = reduced_to_width(gray, kFeatureWidth);
  PageFeatures features{
      .pixels = static_cast<double>(gray.total()),
      .aspect = static_cast<double>(gray.rows) / gray.cols,
      .dpi = page.dpi.x,
      .paper = static_cast<double>(paper_level(reduced)),
      .contrast = contrast(reduced),
      .cnr = cnr(reduced),
      .noise = noise_deviation(gray),
      .unevenness = paper_unevenness(reduced),
      .ruling = static_cast<double>(cv::countNonZero(line_mask(reduced, {}))) /
                static_cast<double>(reduced.total()),
      .x_height = x_height(reduced) * gray.cols / reduced.cols,
      .colour = colour_of(reduced_to_width(page.colour, kFeatureWidth)),
  };
  add_letters(reduced, features);
  return features;
}

}  // namespace ocrtune
