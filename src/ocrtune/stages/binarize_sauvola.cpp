#include "ocrtune/kernels/threshold/sauvola.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_sauvola() {
  return {
      .name = "binarize_sauvola",
      .summary = "Sauvola's binarization: local mean, lowered where the local contrast is small.",
      .cites = {"sauvola2000", "shafait2008"},
      .parameters =
          {
              window_parameter({.low = 3, .high = 20, .initial = 8}),
              real("k",
                   {.low = 0.05,
                    .high = 0.4,
                    .initial = 0.2,
                    .min = -1,
                    .max = 1,
                    .unit = "fraction of the mean",
                    .help = "k: by how much the threshold is lowered where the contrast is low"}),
              real("r", {.low = 64,
                         .high = 160,
                         .initial = kSauvolaRange,
                         .min = 1,
                         .max = 1000,
                         .unit = "gray levels",
                         .help = "standard deviation at which the threshold is the mean itself"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const double k = resolved.real("k");
            const double r = resolved.real("r");
            return Image{
                black_below(in.gray, resolved.integer("window"),
                            [=](const WindowSums& sums) { return sauvola_threshold(sums, k, r); }),
                in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
