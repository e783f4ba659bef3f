#include "ocrtune/kernels/threshold/high_contrast.h"

#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/measure/gray_statistics.h"

namespace ocrtune {

cv::Mat high_contrast_pixels(const cv::Mat& gray) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  const cv::Mat page = standalone(gray);
  cv::Mat brightest;
  cv::Mat darkest;
  cv::dilate(page, brightest, cv::Mat::ones(3, 3, CV_8UC1));
  cv::erode(page, darkest, cv::Mat::ones(3, 3, CV_8UC1));
  cv::Mat contrast(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    const std::uint8_t* high = brightest.ptr<std::uint8_t>(y);
    const std::uint8_t* low = darkest.ptr<std::uint8_t>(y);
    std::uint8_t* to = contrast.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const int sum = high[x] + low[x];
      to[x] = static_cast<std::uint8_t>(sum == 0 ? 0 : (255 * (high[x] - low[x]) + sum / 2) / sum);
    }
  }
  cv::threshold(contrast, contrast, otsu_threshold(contrast), 255, cv::THRESH_BINARY);
  return contrast;
}

}  // namespace ocrtune
