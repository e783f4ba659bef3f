#include "support/plain_filters.h"

#include <cmath>
#include <opencv2/core.hpp>

namespace ocrtune::test {
namespace {

/// Along the rows.
cv::Mat across(const cv::Mat& image, double sigma) {
  const int reach = static_cast<int>(std::ceil(4 * sigma));
  cv::Mat out(image.size(), CV_64F);
  for (int y = 0; y < image.rows; ++y) {
    for (int x = 0; x < image.cols; ++x) {
      double sum = 0;
      double weights = 0;
      for (int dx = -reach; dx <= reach; ++dx) {
        const double weight = std::exp(-dx * dx / (2 * sigma * sigma));
        sum += weight *
               image.at<double>(y, cv::borderInterpolate(x + dx, image.cols, cv::BORDER_DEFAULT));
        weights += weight;
      }
      out.at<double>(y, x) = sum / weights;
    }
  }
  return out;
}

}  // namespace

cv::Mat plain_gaussian(const cv::Mat& gray, double sigma) {
  cv::Mat image;
  gray.convertTo(image, CV_64F);
  const cv::Mat rows = across(image, sigma);
  return across(rows.t(), sigma).t();
}

}  // namespace ocrtune::test
