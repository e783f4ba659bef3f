#include "ocrtune/kernels/sauvola.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_sauvola() {
  return {
      .name = "binarize_sauvola",
      .summary =
          "Black and white by the mean around each pixel, lowered where there is little contrast.",
      .cites = {"sauvola2000", "shafait2008"},
      .parameters =
          {
              window_parameter({.low = 3, .high = 20, .initial = 8}),
              real("k", {.low = 0.05,
                         .high = 0.4,
                         .initial = 0.2,
                         .min = -1,
                         .max = 1,
                         .unit = "share of the mean",
                         .help = "how far the threshold is lowered on even ground"}),
              real("r", {.low = 64,
                         .high = 160,
                         .initial = kSauvolaRange,
                         .min = 1,
                         .max = 1000,
                         .unit = "gray levels",
                         .help = "standard deviation at which the threshold is the mean itself"}),
          },
      .measure = measured_x_height,
      .settle = with_window_in_px,
      .run =
          [](const Image& in, const Values& settled) {
            const double k = settled.real("k");
            const double r = settled.real("r");
            return Image{
                black_below(in.gray, settled.integer("window"),
                            [=](const WindowSums& sums) { return sauvola_threshold(sums, k, r); }),
                in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
