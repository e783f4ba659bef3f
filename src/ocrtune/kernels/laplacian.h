#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Variance of the 4-neighbour Laplacian (aperture 1, reflected border) of an 8-bit gray image; a
/// measure of noise and of sharpness (Pech-Pacheco et al. 2000). Pure; thread-safe.
double laplacian_variance(const cv::Mat& gray);

}  // namespace ocrtune
