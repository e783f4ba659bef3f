#pragma once

#include <opencv2/core/mat.hpp>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// An 8- or 16-bit BGRA image laid over white paper: gray in 8 bits and, if asked for, its colours.
/// Empty if the image has no alpha channel or is opaque everywhere, so that the decoder's own
/// output can be kept.
Image flattened_over_white(const cv::Mat& image, bool in_colour);

/// The page with these pixels: 8-bit gray, BGR, or BGRA, which is laid over white. `in_colour`:
/// with its colours, if it has any.
Image gray_and_colour(const cv::Mat& pixels, bool in_colour);

}  // namespace ocrtune
