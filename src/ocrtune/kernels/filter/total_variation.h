#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Total variation denoising of an 8-bit gray image (Rudin et al. 1992): approximately the u that
/// minimizes
///
///   sum |grad u| + 1 / (2 strength) * sum (u - gray)²
///
/// rounded; grad u is the differences to the right and below, 0 beyond the border. It is computed
/// by 16 steps of the accelerated projection of the dual (Beck & Teboulle 2009; the dual is
/// Chambolle's 2004), starting from 0.
///
/// Computed in single precision in a fixed order, so the same on every instruction set. `gray` may
/// have any size from 1 x 1, and may be a view, whose surroundings are ignored. `strength`, in gray
/// levels, is from 0.1. Throws cv::Exception for anything else. Pure; thread-safe.
cv::Mat less_variation(const cv::Mat& gray, double strength);

}  // namespace ocrtune
