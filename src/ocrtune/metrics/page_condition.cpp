#include "ocrtune/metrics/page_condition.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <opencv2/core.hpp>
#include <vector>

#include "ocrtune/kernels/measure/ink.h"
#include "ocrtune/kernels/measure/skew.h"
#include "ocrtune/kernels/measure/x_height.h"
#include "ocrtune/metrics/page_features.h"

namespace ocrtune {
namespace {

/// So many letters tell it.
constexpr std::size_t kMostLetters = 1000;
/// So much better than at other slopes the lines separate if it is no chance.
constexpr double kClearSkew = 1.2;
/// With fewer clear letters, faint ones are looked for.
constexpr std::size_t kFewClear = 100;

/// The clear ones or, if there are hardly any, those at four times the contrast.
PageLetters letters_on(const cv::Mat& gray) {
  PageLetters clear = page_letters(ink_masks(gray));
  if (clear.boxes.size() >= kFewClear) return clear;
  PageLetters faint = page_letters(faint_ink_masks(gray));
  return faint.boxes.size() > 2 * clear.boxes.size() ? faint : clear;
}

double median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

/// The greatest difference of two pixels that have one between them in a row.
double steepest(const cv::Mat& letter) {
  int greatest = 0;
  for (int y = 0; y < letter.rows; ++y) {
    const auto* row = letter.ptr<unsigned char>(y);
    for (int x = 2; x < letter.cols; ++x)
      greatest = std::max(greatest, std::abs(int{row[x]} - int{row[x - 2]}));
  }
  return greatest;
}

/// Fills in what the letters show of the contrast and of edges.
void measure_letters(const cv::Mat& gray, const std::vector<ComponentBox>& letters,
                     PageCondition& condition) {
  std::vector<double> ranges;
  std::vector<double> edges;
  const std::size_t step = letters.size() / kMostLetters + 1;
  for (std::size_t i = 0; i < letters.size(); i += step) {
    const ComponentBox& box = letters[i];
    const int margin = std::max(2, box.height() / 4);
    const cv::Rect frame = cv::Rect(box.left - margin, box.top - margin, box.width() + 2 * margin,
                                    box.height() + 2 * margin) &
                           cv::Rect(0, 0, gray.cols, gray.rows);
    const cv::Mat letter = gray(frame);
    double darkest = 0;
    double lightest = 0;
    cv::minMaxLoc(letter, &darkest, &lightest);
    if (lightest == darkest) continue;
    ranges.push_back(lightest - darkest);
    edges.push_back(steepest(letter) / (lightest - darkest));
  }
  if (ranges.empty()) return;
  condition.contrast = median(ranges);
  // Of an edge that a Gaussian has blurred, two pixels see 2 / (sqrt(2 pi) sigma) of its height.
  const double edge = median(edges);
  if (edge > 0) condition.blur = std::sqrt(2 / std::numbers::pi) / edge;
}

}  // namespace

PageCondition page_condition(const cv::Mat& gray) {
  const cv::Mat reduced = reduced_to_width(gray, kFeatureWidth);
  PageCondition condition{.x_height = x_height(reduced),
                          .noise = noise_deviation(gray),
                          .unevenness = paper_unevenness(reduced)};
  const PageLetters letters = letters_on(reduced);
  condition.light_on_dark = letters.light;
  measure_letters(reduced, letters.boxes, condition);
  const Skew skew = text_skew(letters.boxes);
  if (skew.confidence >= kClearSkew)
    condition.skew = std::atan(skew.slope) * 180 / std::numbers::pi;
  const double scale = static_cast<double>(gray.cols) / reduced.cols;
  condition.x_height *= scale;
  condition.blur *= scale;
  return condition;
}

}  // namespace ocrtune
