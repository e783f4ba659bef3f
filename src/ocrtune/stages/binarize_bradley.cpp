#include "ocrtune/kernels/measure/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_bradley() {
  return {
      .name = "binarize_bradley",
      .summary =
          "Bradley's binarization: a pixel is black if it is darker than the local mean by a "
          "fraction of that mean.",
      .cites = {"bradley2007"},
      .parameters =
          {
              window_parameter({.low = 6, .high = 60, .initial = 24}),
              real("t", {.low = 5,
                         .high = 25,
                         .initial = 15,
                         .min = -100,
                         .max = 100,
                         .unit = "%",
                         .help = "how much darker than the local mean ink must be"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const double share = 1 - resolved.real("t") / 100;
            return Image{black_below(in.gray, resolved.integer("window"),
                                     [=](const WindowSums& sums) { return share * sums.mean(); }),
                         in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
