#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// An 8-bit gray image with less total variation (Rudin et al. 1992): nearly the u for which
///
///   sum |grad u| + 1 / (2 strength) * sum (u - gray)²
///
/// is least, rounded; grad u is the differences to the right and below, 0 beyond the border. It is
/// found by 16 steps of the accelerated projection of the dual (Beck & Teboulle 2009; the dual is
/// Chambolle's 2004), from no change on.
///
/// All is done in single precision, one operation after the other, the same on every instruction
/// set. `gray` may have any size from 1 x 1, and may be a view, whose surroundings are not looked
/// at. `strength`, in gray levels, is from 0.1. Throws cv::Exception for anything else. Pure;
/// thread-safe.
cv::Mat less_variation(const cv::Mat& gray, double strength);

}  // namespace ocrtune
