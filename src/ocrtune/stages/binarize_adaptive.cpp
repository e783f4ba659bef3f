#include <cmath>

#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage binarize_adaptive() {
  return {
      .name = "binarize_adaptive",
      .summary =
          "Black and white by a threshold that follows the Gaussian-weighted mean around each "
          "pixel.",
      .cites = {"bradley2007", "gonzalez2018"},
      .parameters =
          {
              odd("block", {.low = 61,
                            .high = 201,
                            .initial = 121,
                            .min = 3,
                            .max = 2001,
                            .unit = "px",
                            .help = "width of the surroundings"}),
              real("c", {.low = 10,
                         .high = 25,
                         .initial = 15,
                         .min = -255,
                         .max = 255,
                         .unit = "gray levels",
                         .help = "how much darker than its surroundings ink must be"}),
          },
      .settle =
          [](const Values& parameters, double) {
            // Gray levels are integers: OpenCV rounds c up.
            Values settled = parameters;
            settled.set("c", std::ceil(parameters.real("c")));
            return settled;
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& settled) {
                             return backend.adaptive_threshold_gaussian(
                                 in, settled.integer("block"), settled.real("c"));
                           }},
      .reach = [](const Values& settled) { return settled.integer("block") / 2; },
  };
}

}  // namespace ocrtune
