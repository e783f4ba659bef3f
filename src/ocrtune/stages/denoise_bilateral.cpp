#include <cmath>

#include "ocrtune/kernels/bilateral.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage denoise_bilateral() {
  return {
      .name = "denoise_bilateral",
      .summary =
          "Bilateral filter: averages each pixel with those near it that have about its level.",
      .cites = {"tomasi1998"},
      .parameters =
          {
              real("space", {.low = 0.7,
                             .high = 3,
                             .initial = 1.5,
                             .min = 0,
                             .max = 8,
                             .unit = "px",
                             .help = "standard deviation of the weight by distance; below 0.1 the "
                                     "image is left alone"}),
              real("level", {.low = 10,
                             .high = 80,
                             .initial = 30,
                             .min = 0,
                             .max = 1000,
                             .unit = "gray levels",
                             .help = "standard deviation of the weight by difference; below 0.1 "
                                     "the image is left alone"}),
          },
      .settle =
          [](const Values& parameters, double) {
            // Below this, all other pixels weigh nothing.
            constexpr double kLeast = 0.1;
            const double space = parameters.real("space");
            const double level = parameters.real("level");
            Values settled;
            settled.set("space", space < kLeast || level < kLeast ? 0 : space);
            if (settled.real("space") > 0) settled.set("level", level);
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const double space = settled.real("space");
            if (space == 0) return in;
            return Image{bilateral_filter(in.gray, space, settled.real("level")), in.dpi};
          },
      .reach =
          [](const Values& settled) {
            return static_cast<int>(std::ceil(2 * settled.real("space")));
          },
  };
}

}  // namespace ocrtune
