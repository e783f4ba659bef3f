#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune::test {

/// A Gaussian blur straight from its formula, in double precision (CV_64F): the pixels within 4
/// sigma, weighted and divided by the weights' sum, the border reflected without its outermost
/// pixel.
cv::Mat plain_gaussian(const cv::Mat& gray, double sigma);

}  // namespace ocrtune::test
