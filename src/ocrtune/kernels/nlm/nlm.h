#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Non-local means (Buades et al. 2005, `buades2005`) of an 8-bit gray image: each pixel becomes
/// the mean of the `search` x `search` pixels around it, weighted by exp(-d / h²), where d is the
/// mean squared difference of the 7 x 7 pixels around the two; weights below 0.001 count as 0, and
/// the border is reflected without its outermost pixel.
///
/// Byte for byte what `cv::fastNlMeansDenoising(gray, out, h, 7, search)` of OpenCV 4.6 gives,
/// whose fixed-point weights it uses, but faster, on one thread and the same on every instruction
/// set.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. `h`, in
/// gray levels, is at least 0; `search` is odd, from 1 to 21. Throws cv::Exception for anything
/// else. Pure; thread-safe.
cv::Mat denoise_nlm_exact(const cv::Mat& gray, float h, int search);

}  // namespace ocrtune
