#include "ocrtune/kernels/threshold/sauvola.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_isauvola() {
  return {
      .name = "binarize_isauvola",
      .summary =
          "ISauvola: Sauvola's binarization with high recall, then only components with sharp "
          "edges.",
      .cites = {"hadjadj2016", "sauvola2000", "su2010"},
      .parameters =
          {
              window_parameter({.low = 3, .high = 20, .initial = 8}),
              real("k",
                   {.low = 0,
                    .high = 0.3,
                    .initial = 0.15,
                    .min = -1,
                    .max = 1,
                    .unit = "fraction of the mean",
                    .help = "k: by how much the threshold is lowered where the contrast is low"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            return Image{
                sauvola_of_high_contrast(in.gray, resolved.integer("window"), resolved.real("k")),
                in.dpi};
          },
  };
}

}  // namespace ocrtune
