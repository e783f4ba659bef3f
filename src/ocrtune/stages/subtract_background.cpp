#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage subtract_background() {
  return {
      .name = "subtract_background",
      .summary =
          "Background subtraction: estimates the background by dilation and a median filter, and "
          "subtracts it.",
      .cites = {"gatos2006", "serra1982"},
      .parameters =
          {
              odd("dilate", {.low = 3,
                             .high = 15,
                             .initial = 7,
                             .min = 1,
                             .max = 255,
                             .unit = "px",
                             .help = "side of the dilation's square; wider than a stroke"}),
              odd("blur", {.low = 11,
                           .high = 51,
                           .initial = 21,
                           .min = 1,
                           .max = 255,
                           .unit = "px",
                           .help = "side of the median filter's window"}),
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& values) {
                             return backend.distance_from_paper(in, values.integer("dilate"),
                                                                values.integer("blur"));
                           }},
      .reach =
          [](const Values& values) {
            return values.integer("dilate") / 2 + values.integer("blur") / 2;
          },
  };
}

}  // namespace ocrtune
