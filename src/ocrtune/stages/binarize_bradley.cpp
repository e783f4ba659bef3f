#include "ocrtune/kernels/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_bradley() {
  return {
      .name = "binarize_bradley",
      .summary = "Black where a pixel is darker than the mean around it by a share of that mean.",
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
                         .help = "how much darker than its surroundings ink must be"}),
          },
      .measure = measured_x_height,
      .settle = with_window_in_px,
      .run =
          [](const Image& in, const Values& settled) {
            const double share = 1 - settled.real("t") / 100;
            return Image{black_below(in.gray, settled.integer("window"),
                                     [=](const WindowSums& sums) { return share * sums.mean(); }),
                         in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
