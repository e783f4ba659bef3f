#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "pages/degrade.h"

namespace ocrtune::examples {

cv::Mat degrade(const cv::Mat& gray, Random& /*random*/, const LowResolution& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(strength.factor > 0 && strength.factor <= 1);
  const cv::Size size(std::max(1, static_cast<int>(std::lround(gray.cols * strength.factor))),
                      std::max(1, static_cast<int>(std::lround(gray.rows * strength.factor))));
  cv::Mat out;
  cv::resize(gray, out, size, 0, 0, cv::INTER_AREA);
  return out;
}

cv::Mat degrade(const cv::Mat& gray, Random& random, const Skew& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  const double size = random.uniform(0.6, 1.0) * strength.degrees;
  const double angle = random.chance(0.5) ? size : -size;
  const cv::Point2f center(0.5F * static_cast<float>(gray.cols - 1),
                           0.5F * static_cast<float>(gray.rows - 1));
  cv::Mat out;
  cv::warpAffine(gray, out, cv::getRotationMatrix2D(center, angle, 1.0), gray.size(),
                 cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
  return out;
}

}  // namespace ocrtune::examples
