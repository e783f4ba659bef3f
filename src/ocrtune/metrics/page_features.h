#pragma once

#include <array>
#include <cstddef>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// What kind of page an image is: cheap properties that do not need OCR.
struct PageFeatures {
  double pixels = 0;      ///< width x height, px
  double aspect = 0;      ///< height / width
  double dpi = 0;         ///< horizontal, as the file states it; 0: unknown
  double paper = 0;       ///< gray level of the paper, see paper_level()
  double contrast = 0;    ///< standard deviation of the gray levels
  double cnr = 0;         ///< contrast-to-noise ratio, see cnr()
  double noise = 0;       ///< standard deviation of the noise, gray levels, see noise_deviation()
  double unevenness = 0;  ///< see paper_unevenness()
  double ruling = 0;      ///< share of the pixels in long lines, see line_mask()
  double skew = 0;        ///< slope of the text lines without sign, see text_skew()
  double x_height = 0;    ///< px; 0: no text found
  double letters = 0;     ///< number of components that look like letters
  double spread_x = 0;    ///< standard deviation of the letters' centres / width
  double spread_y = 0;    ///< standard deviation of the letters' centres / height
  double colour = 0;      ///< mean distance between the largest and smallest channel, gray levels

  /// All of them, in the order of their declaration.
  [[nodiscard]] std::array<double, 15> values() const;
};

/// The features of a page. Wide pages are reduced before text and lines are looked for. Pure;
/// thread-safe.
PageFeatures page_features(const Image& page);

/// px; letters of 8 px and ruled lines are still there on most pages reduced to this width.
inline constexpr int kFeatureWidth = 1500;

/// Standard deviation of the paper_level() of an 8-bit gray page over an 8 x 8 grid, gray levels.
/// Pure; thread-safe.
double paper_unevenness(const cv::Mat& gray);

/// Standard deviation of the noise of an 8-bit gray image, in gray levels, from the mean absolute
/// response to a mask that is blind to flat and to linear parts (Immerkær 1996); 0 below 3 x 3 px.
/// Pure; thread-safe.
double noise_deviation(const cv::Mat& gray);

}  // namespace ocrtune
