#pragma once

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace ocrtune::examples {

/// The gray level nearest to a value, within 0..255.
inline unsigned char to_gray(double value) {
  return static_cast<unsigned char>(std::lround(std::clamp(value, 0.0, 255.0)));
}

/// A new page in which pixel (x, y) is changed(gray level, x, y).
template <typename Change>
cv::Mat map_pixels(const cv::Mat& gray, Change changed) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    const unsigned char* from = gray.ptr(y);
    unsigned char* to = out.ptr(y);
    for (int x = 0; x < gray.cols; ++x) {
      to[x] = to_gray(changed(static_cast<double>(from[x]), x, y));
    }
  }
  return out;
}

/// The page with a share (0..1, 32-bit float, same size) of each pixel's light removed.
inline cv::Mat take_light(const cv::Mat& gray, const cv::Mat& taken) {
  return map_pixels(gray, [&](double level, int x, int y) {
    return level * (1.0 - static_cast<double>(taken.at<float>(y, x)));
  });
}

}  // namespace ocrtune::examples
