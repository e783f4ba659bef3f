#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "pages/degrade.h"

namespace ocrtune::examples {
namespace {

/// A straight stroke of the given length through the middle of an odd square, summing to 1.
cv::Mat motion_kernel(double length, double angle) {
  constexpr int steps_per_px = 8;
  const int half = static_cast<int>(std::ceil(std::clamp(length, 0.0, 100.0) / 2));
  cv::Mat kernel = cv::Mat::zeros(2 * half + 1, 2 * half + 1, CV_32FC1);
  const int steps = std::max(1, static_cast<int>(std::lround(length * steps_per_px)));
  for (int i = 0; i <= steps; ++i) {
    const double at = length * (static_cast<double>(i) / steps - 0.5);
    const int x = half + static_cast<int>(std::lround(at * std::cos(angle)));
    const int y = half + static_cast<int>(std::lround(at * std::sin(angle)));
    kernel.at<float>(std::clamp(y, 0, 2 * half), std::clamp(x, 0, 2 * half)) += 1.0F;
  }
  return kernel / static_cast<double>(steps + 1);
}

}  // namespace

cv::Mat degrade(const cv::Mat& gray, Random& random, const Blur& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  const double angle = random.uniform(0.0, std::numbers::pi);
  cv::Mat out = gray.clone();
  if (strength.sigma_px > 0) {
    cv::GaussianBlur(out, out, {}, strength.sigma_px, strength.sigma_px, cv::BORDER_REPLICATE);
  }
  if (strength.motion_px > 0) {
    cv::filter2D(out, out, CV_8U, motion_kernel(strength.motion_px, angle), {-1, -1}, 0,
                 cv::BORDER_REPLICATE);
  }
  return out;
}

}  // namespace ocrtune::examples
