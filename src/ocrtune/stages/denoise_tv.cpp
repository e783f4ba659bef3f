#include "ocrtune/kernels/total_variation.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage denoise_tv() {
  return {
      .name = "denoise_tv",
      .summary = "Total variation: the page nearest to this one that has fewer ups and downs.",
      .cites = {"rudin1992", "chambolle2004", "beck2009"},
      .parameters =
          {
              real("strength", {.low = 3,
                                .high = 40,
                                .initial = 12,
                                .min = 0,
                                .max = 255,
                                .unit = "gray levels",
                                .help = "how much unevenness is worth; below 0.1 the image is "
                                        "left alone"}),
          },
      .settle =
          [](const Values& parameters, double) {
            // A level changes by 4 strengths at most: below this, not by half a level.
            constexpr double kLeast = 0.1;
            Values settled;
            const double strength = parameters.real("strength");
            settled.set("strength", strength < kLeast ? 0 : strength);
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const double strength = settled.real("strength");
            if (strength == 0) return in;
            return Image{less_variation(in.gray, strength), in.dpi};
          },
      .experimental = true,
  };
}

}  // namespace ocrtune
