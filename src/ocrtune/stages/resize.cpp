#include "ocrtune/stages/resize.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

// Tesseract accepts no side above 32767 px; more pixels than this do not improve OCR.
constexpr double kLongestSide = 32767;
constexpr double kMaxPixels = 32e6;

}  // namespace

Image resized(const Image& in, double factor) {
  const double width = in.gray.cols;
  const double height = in.gray.rows;
  const double most =
      std::min(std::sqrt(kMaxPixels / (width * height)), kLongestSide / std::max(width, height));
  factor = std::min(factor, std::max(1.0, most));
  const cv::Size size{std::max(1, cvRound(width * factor)), std::max(1, cvRound(height * factor))};
  if (size == in.gray.size()) return in;
  Image out{.gray = {}, .dpi = {}};
  cv::resize(in.gray, out.gray, size, 0, 0, factor > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  const double x = width / size.width;
  const double y = height / size.height;
  out.dpi = {in.dpi.x / x, in.dpi.y / y};
  out.to_page = PageMap(cv::Matx33d(x, 0, 0, 0, y, 0, 0, 0, 1));
  out.sized = true;
  return out;
}

}  // namespace ocrtune
