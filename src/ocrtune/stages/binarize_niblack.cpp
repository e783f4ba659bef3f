#include "ocrtune/kernels/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_niblack() {
  return {
      .name = "binarize_niblack",
      .summary =
          "Black and white by the mean around each pixel and a multiple of the standard deviation.",
      .cites = {"niblack1986"},
      .parameters =
          {
              window_parameter({.low = 8, .high = 60, .initial = 30}),
              real("k",
                   {.low = -2,
                    .high = -0.2,
                    .initial = -1.2,
                    .min = -10,
                    .max = 10,
                    .unit = "standard deviations",
                    .help = "where the threshold lies, from the mean; below it where negative"}),
          },
      .measure = measured_x_height,
      .settle = with_window_in_px,
      .run =
          [](const Image& in, const Values& settled) {
            const double k = settled.real("k");
            return Image{black_below(in.gray, settled.integer("window"),
                                     [=](const WindowSums& sums) {
                                       return sums.mean() + k * sums.deviation();
                                     }),
                         in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
