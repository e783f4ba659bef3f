#include "ocrtune/stages/x_heights.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/kernels/measure/x_height.h"

namespace ocrtune {

double measured_x_height(const Image& in) { return x_height(in.gray); }

double x_height_or_usual(double measured) {
  constexpr double kUsual = 20;
  return measured > 0 ? measured : kUsual;
}

int odd_px(double x_heights, double measured) {
  const double px = x_heights * x_height_or_usual(measured);
  return 2 * static_cast<int>(std::clamp(std::floor(px / 2), 1.0, 1000.0)) + 1;
}

int whole_px(double x_heights, double measured) {
  const double px = x_heights * x_height_or_usual(measured);
  return static_cast<int>(std::clamp(std::round(px), 1.0, 10000.0));
}

Parameter window_parameter(WindowLimits limits) {
  return real("window", {.low = limits.low,
                         .high = limits.high,
                         .initial = limits.initial,
                         .min = 0.1,
                         .max = 100,
                         .unit = "x-heights",
                         .help = std::move(limits.help)});
}

Values with_window_in_px(const Values& parameters, double measured) {
  Values resolved = parameters;
  resolved.set("window", odd_px(parameters.real("window"), measured));
  return resolved;
}

int window_reach(const Values& resolved) { return resolved.integer("window") / 2; }

}  // namespace ocrtune
