#include "ocrtune/kernels/lines/line_mask.h"
#include "ocrtune/stages/line_lengths.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage remove_lines() {
  return {
      .name = "remove_lines",
      .summary =
          "Line removal: detects long horizontal and vertical ruled lines and paints them white.",
      .cites = {"serra1982", "otsu1979"},
      .parameters =
          {
              h_size_parameter(30, 70, 45),
              v_size_parameter(40, 120, 50),
              integer("dilate_iter",
                      {.low = 0,
                       .high = 4,
                       .initial = 2,
                       .min = 0,
                       .max = 50,
                       .unit = "times",
                       .help = "dilation of the detected lines, in pixels on each side"}),
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& values) {
                             return backend.without_lines(
                                 in, {.h_size = values.integer("h_size"),
                                      .v_size = values.integer("v_size"),
                                      .dilate_iter = values.integer("dilate_iter")});
                           }},
  };
}

}  // namespace ocrtune
