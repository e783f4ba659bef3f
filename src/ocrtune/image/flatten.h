#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Gray 8-bit version of an 8- or 16-bit BGRA image laid over white paper. Empty where the image
/// has no alpha channel or is opaque everywhere, so that its ordinary decoding can be kept.
cv::Mat flattened_over_white(const cv::Mat& image);

/// The same with its colours, as 8-bit BGR.
cv::Mat colour_flattened_over_white(const cv::Mat& image);

}  // namespace ocrtune
