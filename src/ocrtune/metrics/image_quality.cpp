#include "ocrtune/metrics/image_quality.h"

#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/laplacian.h"

namespace ocrtune {
namespace {

constexpr double kNoiseFloor = 0.1;
constexpr double kLeastDifference = 5.0;

}  // namespace

double sharpness(const cv::Mat& gray) { return laplacian_variance(gray); }

double contrast(const cv::Mat& gray) {
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(gray, mean, deviation);
  return deviation[0];
}

double cnr(const cv::Mat& gray) {
  cv::Mat foreground;
  cv::threshold(gray, foreground, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  const int ink = cv::countNonZero(foreground);
  if (ink == 0 || ink == static_cast<int>(gray.total())) return 0;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(gray, mean, deviation, ~foreground);
  const double difference = mean[0] - cv::mean(gray, foreground)[0];
  return difference > kLeastDifference ? difference / (deviation[0] + kNoiseFloor) : 0;
}

}  // namespace ocrtune
