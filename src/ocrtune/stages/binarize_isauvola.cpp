#include "ocrtune/kernels/sauvola.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_isauvola() {
  return {
      .name = "binarize_isauvola",
      .summary =
          "Sauvola's threshold set low enough to miss nothing, then only what has sharp "
          "edges.",
      .cites = {"hadjadj2016", "sauvola2000", "su2010"},
      .parameters =
          {
              window_parameter({.low = 3, .high = 20, .initial = 8}),
              real("k", {.low = 0,
                         .high = 0.3,
                         .initial = 0.15,
                         .min = -1,
                         .max = 1,
                         .unit = "share of the mean",
                         .help = "how far the threshold is lowered on even ground"}),
          },
      .measure = measured_x_height,
      .settle = with_window_in_px,
      .run =
          [](const Image& in, const Values& settled) {
            return Image{
                sauvola_of_high_contrast(in.gray, settled.integer("window"), settled.real("k")),
                in.dpi};
          },
  };
}

}  // namespace ocrtune
