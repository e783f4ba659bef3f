#include "ocrtune/corpus/double_page.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/image/image.h"

namespace ocrtune {
namespace {

/// An open book is wider than high.
constexpr double kWider = 1.1;
constexpr int kWidth = 1000;
/// The side of the square whose mean is the paper around a pixel, and how much darker ink is.
constexpr int kAround = 31;
constexpr int kDarker = 12;
/// Where a gutter is looked for.
constexpr double kFrom = 0.36;
constexpr double kTo = 0.64;
/// The ink of its columns, as a share of that of columns of text.
constexpr double kHardlyInk = 0.03;
/// That of a line from top to bottom, which is the fold or an edge of the paper.
constexpr double kLine = 0.5;
/// Widths of a band without ink, as shares of the page's: with a fold, and without one.
constexpr double kWithFold = 0.01;
constexpr double kWithoutFold = 0.035;
/// How much darker a fold is than the paper beside it.
constexpr double kFold = 6;

struct Band {
  int begin = 0;
  int end = 0;

  [[nodiscard]] int width() const { return end - begin; }
};

std::vector<double> means_of_columns(const cv::Mat& pixels) {
  cv::Mat means;
  cv::reduce(pixels, means, 0, cv::REDUCE_AVG, CV_64F);
  return {means.begin<double>(), means.end<double>()};
}

/// The share of ink in each column, which the upper and lower edges of the paper and lines from top
/// to bottom are not.
std::vector<double> ink_of_columns(const cv::Mat& page) {
  cv::Mat ink;
  cv::adaptiveThreshold(page, ink, 1, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, kAround,
                        kDarker);
  const int edge = page.rows / 20;
  std::vector<double> shares = means_of_columns(ink.rowRange(edge, page.rows - edge));
  std::ranges::replace_if(
      shares, [](double share) { return share > kLine; }, 0);
  return shares;
}

double upper_quartile(std::vector<double> values) {
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(3 * values.size() / 4);
  std::ranges::nth_element(values, at);
  return *at;
}

/// The widest band of columns with hardly any ink in the middle of the page.
Band widest_band(const std::vector<double>& ink, double most) {
  const auto columns = static_cast<double>(ink.size());
  Band widest;
  Band band;
  for (int x = static_cast<int>(kFrom * columns); x < static_cast<int>(kTo * columns); ++x) {
    if (ink[static_cast<std::size_t>(x)] > most) {
      band = {x + 1, x + 1};
      continue;
    }
    if (band.end == 0) band.begin = x;
    band.end = x + 1;
    if (band.width() > widest.width()) widest = band;
  }
  return widest;
}

/// The darkest column of a band if it is a fold: the paper beside it is lighter on both sides.
std::optional<int> fold_in(const cv::Mat& page, const Band& band) {
  cv::Mat smooth;
  cv::blur(page, smooth, {5, page.rows / 4});
  const std::vector<double> light = means_of_columns(smooth);
  const auto at = [&](int x) { return light.begin() + x; };
  const auto darkest = std::min_element(at(band.begin), at(band.end));
  const double left = *std::max_element(at(band.begin), std::next(darkest));
  const double right = *std::max_element(darkest, at(band.end));
  if (std::min(left, right) - *darkest < kFold) return std::nullopt;
  return static_cast<int>(darkest - light.begin());
}

}  // namespace

std::optional<int> gutter_of(const cv::Mat& gray) {
  if (gray.cols < kWider * gray.rows || gray.rows < 100) return std::nullopt;
  const cv::Mat page = reduced_to_width(gray, kWidth);
  const std::vector<double> ink = ink_of_columns(page);
  const auto middle = ink.begin() + static_cast<std::ptrdiff_t>(ink.size() / 2);
  const double usual =
      std::max(upper_quartile({ink.begin(), middle}), upper_quartile({middle, ink.end()}));
  if (usual <= 0) return std::nullopt;
  const Band band = widest_band(ink, kHardlyInk * usual);
  if (band.width() < kWithFold * page.cols) return std::nullopt;
  const std::optional<int> fold = fold_in(page, band);
  if (!fold && band.width() < kWithoutFold * page.cols) return std::nullopt;
  const int margin = band.width() / 4;
  const double at =
      fold ? *fold + 0.5
           : std::clamp(page.cols / 2.0, 1.0 * band.begin + margin, 1.0 * band.end - margin);
  return static_cast<int>(std::lround(at * gray.cols / page.cols));
}

}  // namespace ocrtune
