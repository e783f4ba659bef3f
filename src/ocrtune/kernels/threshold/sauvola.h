#pragma once

#include <opencv2/core/mat.hpp>

#include "ocrtune/kernels/measure/local_moments.h"

namespace ocrtune {

/// Sauvola's threshold (`sauvola2000`) for the window around a pixel: its mean, lowered by the
/// share `k` where the window is uniform, and not at all where the standard deviation is `r`.
inline double sauvola_threshold(const WindowSums& sums, double k, double r) {
  return sums.mean() * (1 + k * (sums.deviation() / r - 1));
}

/// Sauvola's dynamic range of the standard deviation.
inline constexpr double kSauvolaRange = 128;

/// Sizes for multiscale_sauvola().
struct MultiscaleSizes {
  int window = 41;    ///< px of the reduced page; odd, from 3 to 2001
  int reduction = 1;  ///< side of the squares of px of the page that become a px of the finest
                      ///< scale
};

/// Sauvola's threshold at three scales (`lazzara2014`): black (0) and white (255) from an 8-bit
/// gray image. The page is reduced by `reduction`, and twice more by 2, and thresholds are computed
/// with the same window at each scale. Black objects are kept at the scale that fits their area,
/// coarse ones first; each pixel takes the threshold of the scale of the nearest object.
///
/// `gray` may have any size from 1 x 1 and may be a view. Throws cv::Exception for other images and
/// sizes. Pure; thread-safe.
cv::Mat multiscale_sauvola(const cv::Mat& gray, MultiscaleSizes sizes, double k);

/// `hadjadj2016`: Sauvola's threshold with a low `k`, which finds all ink, without the black
/// objects that have no pixel of high contrast (see high_contrast_pixels()), which are stains and
/// noise. Sizes and errors as for LocalMoments. Pure; thread-safe.
cv::Mat sauvola_of_high_contrast(const cv::Mat& gray, int window, double k);

}  // namespace ocrtune
