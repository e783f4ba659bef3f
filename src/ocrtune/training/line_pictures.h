#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>

#include "ocrtune/training/training_lines.h"

namespace ocrtune::training {

/// Greatest size of a picture of a line, px: larger ones are scaled down.
inline constexpr int kMostLineHeight = 200;
inline constexpr int kMostLineWidth = 8000;

/// How strokes are changed.
enum class Strokes { unchanged, thicker, thinner, binarized };

/// How a picture of a line differs from its pixels on the page.
struct Distortion {
  double margin = 0.08;  ///< around the outline, as a share of its height, 0 to 0.5
  bool masked = true;    ///< what is outside of outline and margin has the colour of the paper
  double shear = 0;      ///< px to the right, per px down, -0.2 to 0.2
  double slope = 0;      ///< px down, per px to the right, -0.02 to 0.02
  double x_scale = 1;    ///< 0.8 to 1.25
  double blur = 0;       ///< standard deviation as a share of the height, 0 to 0.05
  double noise = 0;      ///< standard deviation in gray levels, 0 to 50
  std::uint64_t noise_seed = 0;
  Strokes strokes = Strokes::unchanged;
};

/// A random distortion, always the same for the same line and variant; variant 0: none. `seed` is
/// the line's. Pure; thread-safe.
Distortion distortion(std::uint64_t seed, int variant);

/// The picture of a line of a page (8 bit, one channel, not empty): at least 1 px, and at most
/// kMostLineWidth wide and kMostLineHeight high. Parts beyond the page are left out. Pure;
/// thread-safe.
cv::Mat line_picture(const cv::Mat& page, const TrainingLine& line, const Distortion& how);

/// A picture that is scaled down to this height if it is higher. Pure; thread-safe.
cv::Mat reduced_to_height(const cv::Mat& picture, int height);

}  // namespace ocrtune::training
