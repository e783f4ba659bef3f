#include "ocrtune/kernels/measure/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_mean() {
  return {
      .name = "binarize_mean",
      .summary = "Adaptive threshold: binarization by the mean around each pixel minus a constant.",
      .cites = {"shafait2008", "gonzalez2018"},
      .parameters =
          {
              window_parameter({.low = 6, .high = 60, .initial = 30}),
              real("c", {.low = 5,
                         .high = 30,
                         .initial = 15,
                         .min = -255,
                         .max = 255,
                         .unit = "gray levels",
                         .help = "how much darker than the local mean ink must be"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const double c = resolved.real("c");
            return Image{black_below(in.gray, resolved.integer("window"),
                                     [=](const WindowSums& sums) { return sums.mean() - c; }),
                         in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
