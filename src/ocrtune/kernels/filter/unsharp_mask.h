#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// An 8-bit gray image sharpened by unsharp masking: each pixel plus `fraction` of its difference
/// from the mean of the square of 2 `half` + 1 px around it. Pixels nearer than `half` to the edge
/// stay as they are. The bytes of Leptonica's `pixUnsharpMaskingGrayFast`. `half`: 1 or 2. Throws
/// cv::Exception for another type of image or half. Pure; thread-safe.
cv::Mat unsharp_masked(const cv::Mat& gray, int half, float fraction);

}  // namespace ocrtune
