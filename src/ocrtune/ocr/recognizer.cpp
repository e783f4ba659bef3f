#include "ocrtune/ocr/recognizer.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

constexpr int kHalvedAbove = 2500;

}  // namespace

Image ocr_result_copy(const Image& page, std::optional<int> max_width) {
  Image copy{{}, page.dpi};
  const int width = page.gray.cols;
  if (max_width) {
    if (width <= *max_width) return page;
    const double scale = static_cast<double>(*max_width) / width;
    const int height = std::max(1, cvRound(page.gray.rows * scale));
    cv::resize(page.gray, copy.gray, {*max_width, height}, 0, 0, cv::INTER_AREA);
  } else {
    if (width <= kHalvedAbove || page.sized) return page;
    // Half of one row would be rounded to zero.
    const cv::Mat rows = page.gray.rows > 1 ? page.gray : cv::repeat(page.gray, 2, 1);
    cv::resize(rows, copy.gray, {}, 0.5, 0.5);
  }
  const double factor = static_cast<double>(copy.gray.cols) / width;
  copy.dpi = {page.dpi.x * factor, page.dpi.y * factor};
  return copy;
}

OcrSettings settings_of_copy(const OcrSettings& settings, const Image& page, const Image& copy) {
  if (copy.gray.cols == page.gray.cols) return settings;
  return settings.scaled(static_cast<double>(copy.gray.cols) / page.gray.cols);
}

}  // namespace ocrtune
