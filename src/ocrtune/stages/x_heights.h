#pragma once

#include <string>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// For sizes given as multiples of the x-height, which fit pages of any resolution. The measured
/// number of such a stage: the x-height in px, 0 if a page has no text. Pure; thread-safe.
double measured_x_height(const Image& in);

/// The x-height that sizes are multiples of: the measured one, or 20 px if that is 0, the size of
/// 10 points at 300 dpi.
double x_height_or_usual(double measured);

/// The odd number of px, from 3 to 2001, nearest to this multiple of the x-height.
int odd_px(double x_heights, double measured);

/// The number of px, from 1 to 10000, nearest to this multiple of the x-height.
int whole_px(double x_heights, double measured);

/// Range of a window's side in x-heights: from 0.1 to 100.
struct WindowLimits {
  double low = 0;
  double high = 0;
  double initial = 0;
  std::string help = "window size";
};
Parameter window_parameter(WindowLimits limits);

/// The parameters with that window in odd px: for Stage::resolve.
Values with_window_in_px(const Values& parameters, double measured);

/// The region of support of a stage with this resolved window: for Stage::reach.
int window_reach(const Values& resolved);

}  // namespace ocrtune
