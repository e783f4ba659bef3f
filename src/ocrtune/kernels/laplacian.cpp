#include "ocrtune/kernels/laplacian.h"

#include <opencv2/imgproc.hpp>

#include "ocrtune/image/image.h"

namespace ocrtune {

double laplacian_variance(const cv::Mat& gray) {
  cv::Mat laplacian;
  cv::Laplacian(standalone(gray), laplacian, CV_16S);
  // The sums stay exact: |value| <= 1020, so n values need at most 21 + log2(n) bits.
  std::int64_t sum = 0;
  std::int64_t sum_of_squares = 0;
  for (int y = 0; y < laplacian.rows; ++y) {
    const auto* row = laplacian.ptr<std::int16_t>(y);
    for (int x = 0; x < laplacian.cols; ++x) {
      sum += row[x];
      sum_of_squares += std::int64_t{row[x]} * row[x];
    }
  }
  const auto n = static_cast<double>(laplacian.total());
  const double mean = static_cast<double>(sum) / n;
  return static_cast<double>(sum_of_squares) / n - mean * mean;
}

}  // namespace ocrtune
