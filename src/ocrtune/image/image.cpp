#include "ocrtune/image/image.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/imgproc.hpp>
#include <span>

namespace ocrtune {

cv::Mat standalone(const cv::Mat& gray) { return gray.isSubmatrix() ? gray.clone() : gray; }

cv::Mat reduced_to_width(const cv::Mat& pixels, int width) {
  if (pixels.cols <= width) return pixels;
  const double scale = static_cast<double>(width) / pixels.cols;
  const int height = std::max(1, static_cast<int>(std::lround(pixels.rows * scale)));
  cv::Mat reduced;
  cv::resize(pixels, reduced, {width, height}, 0, 0, cv::INTER_AREA);
  return reduced;
}

bool has_colour(const cv::Mat& bgr) {
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* pixel = bgr.ptr<uchar>(y);
    for (const auto* end = pixel + std::ptrdiff_t{3} * bgr.cols; pixel != end; pixel += 3) {
      if (pixel[0] != pixel[1] || pixel[1] != pixel[2]) return true;
    }
  }
  return false;
}

ContentHash pixel_hash(const cv::Mat& pixels) {
  const cv::Mat whole = pixels.isContinuous() ? pixels : pixels.clone();
  const std::span bytes(whole.data, whole.total() * whole.elemSize());
  return content_hash(
      fmt::format("{}x{} {}", whole.cols, whole.rows, content_hash(std::as_bytes(bytes)).text()));
}

ContentHash pixel_hash(const Image& image) {
  const ContentHash gray = pixel_hash(image.gray);
  if (image.colour.empty()) return gray;
  return content_hash(fmt::format("{} in colour {}", gray.text(), pixel_hash(image.colour).text()));
}

std::size_t pixel_bytes(const Image& image) {
  return image.gray.total() + image.colour.total() * 3;
}

}  // namespace ocrtune
