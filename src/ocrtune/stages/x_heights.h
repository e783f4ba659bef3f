#pragma once

#include <string>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// Sizes given in heights of small letters fit pages of any resolution. What such a stage measures:
/// the x-height in px, 0 where a page has no text. Pure; thread-safe.
double measured_x_height(const Image& in);

/// The x-height that sizes are multiples of: the measured one, or 20 px where that is 0, the size
/// of 10 points at 300 dpi.
double x_height_or_usual(double measured);

/// The odd number of px, from 3 to 2001, that is nearest to so many x-heights.
int odd_px(double x_heights, double measured);

/// The number of px, from 1 to 10000, that is nearest to so many x-heights.
int whole_px(double x_heights, double measured);

/// A window's side in x-heights: from 0.1 to 100 of them.
struct WindowLimits {
  double low = 0;
  double high = 0;
  double initial = 0;
  std::string help = "width and height of the surroundings";
};
Parameter window_parameter(WindowLimits limits);

/// The parameters with that window in odd px: for Stage::settle.
Values with_window_in_px(const Values& parameters, double measured);

/// How far a stage looks whose settled window is that: for Stage::reach.
int window_reach(const Values& settled);

}  // namespace ocrtune
