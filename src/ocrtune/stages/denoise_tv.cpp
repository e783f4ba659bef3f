#include "ocrtune/kernels/filter/total_variation.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage denoise_tv() {
  return {
      .name = "denoise_tv",
      .summary =
          "Total variation denoising: the image closest to the page with a lower total variation.",
      .cites = {"rudin1992", "chambolle2004", "beck2009"},
      .parameters =
          {
              real("strength",
                   {.low = 3,
                    .high = 40,
                    .initial = 12,
                    .min = 0,
                    .max = 255,
                    .unit = "gray levels",
                    .help = "weight of the total variation; below 0.1 the image is unchanged"}),
          },
      .resolve =
          [](const Values& parameters, double) {
            // A level changes by at most 4 times the strength: below this, by less than half a
            // level.
            constexpr double kLeast = 0.1;
            Values resolved;
            const double strength = parameters.real("strength");
            resolved.set("strength", strength < kLeast ? 0 : strength);
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const double strength = resolved.real("strength");
            if (strength == 0) return in;
            return Image{less_variation(in.gray, strength), in.dpi};
          },
      .experimental = true,
  };
}

}  // namespace ocrtune
