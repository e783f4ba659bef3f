#include <cmath>

#include "ocrtune/kernels/filter/bilateral.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage denoise_bilateral() {
  return {
      .name = "denoise_bilateral",
      .summary = "Bilateral filter: averages each pixel with nearby pixels of similar gray level.",
      .cites = {"tomasi1998"},
      .parameters =
          {
              real("space", {.low = 0.7,
                             .high = 3,
                             .initial = 1.5,
                             .min = 0,
                             .max = 8,
                             .unit = "px",
                             .help = "standard deviation of the spatial weight; below 0.1 the "
                                     "image is unchanged"}),
              real(
                  "level",
                  {.low = 10,
                   .high = 80,
                   .initial = 30,
                   .min = 0,
                   .max = 1000,
                   .unit = "gray levels",
                   .help =
                       "standard deviation of the range weight; below 0.1 the image is unchanged"}),
          },
      .resolve =
          [](const Values& parameters, double) {
            // Below this, all other pixels have weight 0.
            constexpr double kMin = 0.1;
            const double space = parameters.real("space");
            const double level = parameters.real("level");
            Values resolved;
            resolved.set("space", space < kMin || level < kMin ? 0 : space);
            if (resolved.real("space") > 0) resolved.set("level", level);
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const double space = resolved.real("space");
            if (space == 0) return in;
            return Image{bilateral_filter(in.gray, space, resolved.real("level")), in.dpi};
          },
      .reach =
          [](const Values& resolved) {
            return static_cast<int>(std::ceil(2 * resolved.real("space")));
          },
  };
}

}  // namespace ocrtune
