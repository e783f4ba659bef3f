#include <opencv2/core.hpp>

#include "ocrtune/kernels/background.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

/// With so many, the ball is round in pixels and gray levels on pages of 300 dpi, and has the same
/// form on print of any size.
constexpr double kLevelsPerXHeight = 20;

}  // namespace

Stage subtract_rolling_ball() {
  return {
      .name = "subtract_rolling_ball",
      .summary = "Takes away the paper as a ball feels it that rolls over the page.",
      .cites = {"sternberg1983"},
      .parameters =
          {
              real("radius", {.low = 1,
                              .high = 10,
                              .initial = 3,
                              .min = 0.5,
                              .max = 20,
                              .unit = "x-heights",
                              .help = "of the ball; the smaller, the steeper the slopes of light "
                                      "that it follows"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            const int radius = whole_px(parameters.real("radius"), measured);
            Values settled;
            settled.set("radius", radius);
            settled.set("height", kLevelsPerXHeight * radius / x_height_or_usual(measured));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const cv::Mat paper =
                under_rolling_ball(in.gray, settled.integer("radius"), settled.real("height"));
            Image out{{}, in.dpi};
            cv::subtract(paper, in.gray, out.gray);
            cv::bitwise_not(out.gray, out.gray);
            return out;
          },
  };
}

}  // namespace ocrtune
