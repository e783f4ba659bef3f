#include <opencv2/core.hpp>

#include "ocrtune/kernels/filter/background.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

/// With this factor, the ball is round in pixels and gray levels on pages of 300 dpi, and has the
/// same shape for print of any size.
constexpr double kLevelsPerXHeight = 20;

}  // namespace

Stage subtract_rolling_ball() {
  return {
      .name = "subtract_rolling_ball",
      .summary = "Rolling-ball background subtraction.",
      .cites = {"sternberg1983"},
      .parameters =
          {
              real("radius", {.low = 1,
                              .high = 10,
                              .initial = 3,
                              .min = 0.5,
                              .max = 20,
                              .unit = "x-heights",
                              .help = "radius of the ball; a smaller ball follows steeper changes "
                                      "of illumination"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            const int radius = whole_px(parameters.real("radius"), measured);
            Values resolved;
            resolved.set("radius", radius);
            resolved.set("height", kLevelsPerXHeight * radius / x_height_or_usual(measured));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const cv::Mat paper =
                under_rolling_ball(in.gray, resolved.integer("radius"), resolved.real("height"));
            Image out{{}, in.dpi};
            cv::subtract(paper, in.gray, out.gray);
            cv::bitwise_not(out.gray, out.gray);
            return out;
          },
  };
}

}  // namespace ocrtune
