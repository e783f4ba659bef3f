#include "ocrtune/kernels/thicken.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage thicken() {
  return {
      .name = "thicken",
      .summary = "Makes dark strokes thicker or thinner by parts of a pixel.",
      .cites = {"serra1982"},
      .parameters =
          {
              real("amount", {.low = -0.06,
                              .high = 0.06,
                              .initial = 0.03,
                              .min = -1,
                              .max = 1,
                              .unit = "x-heights",
                              .help = "what strokes grow by on every side, at most 16 px; less "
                                      "than 0 makes them thinner, 0 leaves the image alone"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            constexpr double kMost = 16;
            constexpr double kStep = 32;  // finer is not seen
            const double px = parameters.real("amount") * x_height_or_usual(measured);
            Values settled;
            settled.set("px", std::round(std::clamp(px, -kMost, kMost) * kStep) / kStep);
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            return Image{thickened(in.gray, settled.real("px")), in.dpi};
          },
      .reach =
          [](const Values& settled) { return static_cast<int>(std::abs(settled.real("px"))) + 1; },
  };
}

}  // namespace ocrtune
