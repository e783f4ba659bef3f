#include "ocrtune/image/flatten.h"

#include <opencv2/imgproc.hpp>

namespace ocrtune {

cv::Mat flattened_over_white(const cv::Mat& image) {
  if (image.empty() || image.channels() != 4) return {};
  cv::Mat bgra = image;
  if (image.depth() == CV_16U) image.convertTo(bgra, CV_8U, 1.0 / 257.0);
  if (bgra.depth() != CV_8U) return {};
  cv::Mat alpha;
  cv::extractChannel(bgra, alpha, 3);
  double least = 0;
  cv::minMaxLoc(alpha, &least);
  if (least == 255) return {};
  cv::Mat gray;
  cv::cvtColor(bgra, gray, cv::COLOR_BGRA2GRAY);
  for (int y = 0; y < gray.rows; ++y) {
    auto* row = gray.ptr<uchar>(y);
    const auto* opacity = alpha.ptr<uchar>(y);
    for (int x = 0; x < gray.cols; ++x) {
      row[x] = static_cast<uchar>((row[x] * opacity[x] + 255 * (255 - opacity[x]) + 127) / 255);
    }
  }
  return gray;
}

}  // namespace ocrtune
