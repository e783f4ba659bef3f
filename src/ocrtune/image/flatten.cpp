#include "ocrtune/image/flatten.h"

#include <opencv2/imgproc.hpp>

namespace ocrtune {
namespace {

/// 8-bit BGRA; empty where nothing is transparent.
cv::Mat transparent_bgra(const cv::Mat& image) {
  if (image.empty() || image.channels() != 4) return {};
  cv::Mat bgra = image;
  if (image.depth() == CV_16U) image.convertTo(bgra, CV_8U, 1.0 / 257.0);
  if (bgra.depth() != CV_8U) return {};
  cv::Mat alpha;
  cv::extractChannel(bgra, alpha, 3);
  double least = 0;
  cv::minMaxLoc(alpha, &least);
  return least == 255 ? cv::Mat() : bgra;
}

/// Lays `image`, of any number of channels, over white by the opacity in `bgra`.
cv::Mat over_white(cv::Mat image, const cv::Mat& bgra) {
  const int channels = image.channels();
  for (int y = 0; y < image.rows; ++y) {
    auto* row = image.ptr<uchar>(y);
    const auto* from = bgra.ptr<uchar>(y);
    for (int i = 0; i < image.cols * channels; ++i) {
      const int opacity = from[4 * (i / channels) + 3];
      row[i] = static_cast<uchar>((row[i] * opacity + 255 * (255 - opacity) + 127) / 255);
    }
  }
  return image;
}

cv::Mat flattened(const cv::Mat& image, int conversion) {
  const cv::Mat bgra = transparent_bgra(image);
  if (bgra.empty()) return {};
  cv::Mat opaque;
  cv::cvtColor(bgra, opaque, conversion);
  return over_white(opaque, bgra);
}

}  // namespace

cv::Mat flattened_over_white(const cv::Mat& image) { return flattened(image, cv::COLOR_BGRA2GRAY); }

cv::Mat colour_flattened_over_white(const cv::Mat& image) {
  return flattened(image, cv::COLOR_BGRA2BGR);
}

}  // namespace ocrtune
