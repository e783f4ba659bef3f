#include "ocrtune/kernels/filter/thicken.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage thicken() {
  return {
      .name = "thicken",
      .summary = "Thickens or thins dark strokes by fractions of a pixel.",
      .cites = {"serra1982"},
      .parameters =
          {
              real("amount", {.low = -0.06,
                              .high = 0.06,
                              .initial = 0.03,
                              .min = -1,
                              .max = 1,
                              .unit = "x-heights",
                              .help = "growth of strokes on every side, at most 16 px; negative "
                                      "values thin them, 0 leaves the image unchanged"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            constexpr double kMax = 16;
            constexpr double kStep = 32;  // smaller differences are not visible
            const double px = parameters.real("amount") * x_height_or_usual(measured);
            Values resolved;
            resolved.set("px", std::round(std::clamp(px, -kMax, kMax) * kStep) / kStep);
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            return Image{thickened(in.gray, resolved.real("px")), in.dpi};
          },
      .reach =
          [](const Values& resolved) {
            return static_cast<int>(std::abs(resolved.real("px"))) + 1;
          },
  };
}

}  // namespace ocrtune
