#include <opencv2/imgproc.hpp>

#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {

cv::Mat degrade(const cv::Mat& gray, Random& random, const ShowThrough& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  cv::Mat verso;
  cv::flip(strength.verso.empty() ? gray : strength.verso, verso, 1);
  if (verso.size() != gray.size()) {
    cv::resize(verso, verso, gray.size(), 0, 0, cv::INTER_AREA);
  }
  // The two sides are never exactly aligned.
  const double dx = random.uniform(-0.02, 0.02) * gray.cols;
  const double dy = random.uniform(-0.02, 0.02) * gray.rows;
  const cv::Mat shift = (cv::Mat_<double>(2, 3) << 1, 0, dx, 0, 1, dy);
  cv::warpAffine(verso, verso, shift, gray.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT,
                 cv::Scalar(255));
  if (strength.blur_px > 0) {
    cv::GaussianBlur(verso, verso, {}, strength.blur_px, strength.blur_px, cv::BORDER_REPLICATE);
  }
  return map_pixels(gray, [&](double level, int x, int y) {
    return level * (1.0 - strength.opacity * (1.0 - verso.at<unsigned char>(y, x) / 255.0));
  });
}

}  // namespace ocrtune::examples
