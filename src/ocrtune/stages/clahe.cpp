#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage clahe() {
  return {
      .name = "clahe",
      .summary = "CLAHE: contrast-limited adaptive histogram equalization in a grid of tiles.",
      .cites = {"zuiderveld1994"},
      .parameters =
          {
              real("clip", {.low = 1,
                            .high = 5,
                            .initial = 2,
                            .min = 0,
                            .max = 100,
                            .unit = "times the mean",
                            .help = "clip limit of a tile's histogram; 0 for no limit"}),
              integer("tile", {.low = 4,
                               .high = 16,
                               .initial = 8,
                               .min = 1,
                               .max = 256,
                               .unit = "tiles per side",
                               .help = "the page is divided into tile x tile parts"}),
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& values) {
                             return backend.equalised(in, values.real("clip"),
                                                      values.integer("tile"));
                           }},
  };
}

}  // namespace ocrtune
