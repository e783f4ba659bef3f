#include "ocrtune/kernels/measure/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_niblack() {
  return {
      .name = "binarize_niblack",
      .summary =
          "Niblack's binarization: the threshold is the local mean plus a multiple of the local "
          "standard deviation.",
      .cites = {"niblack1986"},
      .parameters =
          {
              window_parameter({.low = 8, .high = 60, .initial = 30}),
              real("k", {.low = -2,
                         .high = -0.2,
                         .initial = -1.2,
                         .min = -10,
                         .max = 10,
                         .unit = "standard deviations",
                         .help = "distance of the threshold from the mean; negative values are "
                                 "below the mean"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const double k = resolved.real("k");
            return Image{black_below(in.gray, resolved.integer("window"),
                                     [=](const WindowSums& sums) {
                                       return sums.mean() + k * sums.deviation();
                                     }),
                         in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
