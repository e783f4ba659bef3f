#include "ocrtune/metrics/image_quality.h"

#include "ocrtune/kernels/gray_statistics.h"
#include "ocrtune/kernels/laplacian.h"

namespace ocrtune {
namespace {

constexpr double kNoiseFloor = 0.1;
constexpr double kLeastDifference = 5.0;

}  // namespace

double sharpness(const cv::Mat& gray) { return laplacian_variance(gray); }

double contrast(const cv::Mat& gray) { return gray_sums(gray).deviation(); }

double cnr(const cv::Mat& gray) {
  const Histogram levels = histogram(gray);
  const int threshold = otsu_threshold(levels);
  const GraySums foreground = gray_sums(levels, 0, threshold);
  const GraySums background = gray_sums(levels, threshold + 1, 255);
  if (foreground.count == 0 || background.count == 0) return 0;
  const double difference = background.mean() - foreground.mean();
  return difference > kLeastDifference ? difference / (background.deviation() + kNoiseFloor) : 0;
}

}  // namespace ocrtune
