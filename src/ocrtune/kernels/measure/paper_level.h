#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// The gray level of the paper of an 8-bit gray page: the median of the larger of the two classes
/// of pixels that Otsu's threshold separates. `gray` may have any size from 1 x 1 and may be a
/// view. Throws cv::Exception for another type of image. Pure; thread-safe.
int paper_level(const cv::Mat& gray);

}  // namespace ocrtune
