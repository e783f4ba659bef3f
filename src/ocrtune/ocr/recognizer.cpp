#include "ocrtune/ocr/recognizer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

constexpr int kHalvedAbove = 2500;
/// Page segmentation modes that find the parts of a page.
constexpr std::array kLayoutModes{1, 3, 4, 11, 12};

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

OcrSettings settings_of_copy(const OcrSettings& settings, const Image& page, const Image& copy,
                             int usual_psm) {
  OcrSettings result = copy.gray.cols == page.gray.cols
                           ? settings
                           : settings.scaled(static_cast<double>(copy.gray.cols) / page.gray.cols);
  const int psm = result.psm == 0 ? usual_psm : result.psm;
  if (result.dpi == 0 && std::ranges::find(kLayoutModes, psm) != kLayoutModes.end())
    result.dpi = stated_dpi(copy);
  return result;
}

int stated_dpi(const Image& image) {
  const double dpi = image.dpi.x;
  return dpi >= kMinDpi && dpi <= kMaxDpi ? static_cast<int>(std::lround(dpi)) : 0;
}

}  // namespace ocrtune
