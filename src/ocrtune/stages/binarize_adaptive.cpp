#include <cmath>

#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage binarize_adaptive() {
  return {
      .name = "binarize_adaptive",
      .summary =
          "Adaptive threshold: binarization by the Gaussian-weighted mean around each pixel minus "
          "a constant.",
      .cites = {"bradley2007", "gonzalez2018"},
      .parameters =
          {
              odd("block", {.low = 61,
                            .high = 201,
                            .initial = 121,
                            .min = 3,
                            .max = 2001,
                            .unit = "px",
                            .help = "width of the window"}),
              real("c", {.low = 10,
                         .high = 25,
                         .initial = 15,
                         .min = -255,
                         .max = 255,
                         .unit = "gray levels",
                         .help = "how much darker than the local mean ink must be"}),
          },
      .resolve =
          [](const Values& parameters, double) {
            // Gray levels are integers: OpenCV rounds c up.
            Values resolved = parameters;
            resolved.set("c", std::ceil(parameters.real("c")));
            return resolved;
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& resolved) {
                             return backend.adaptive_threshold_gaussian(
                                 in, resolved.integer("block"), resolved.real("c"));
                           }},
      .reach = [](const Values& resolved) { return resolved.integer("block") / 2; },
  };
}

}  // namespace ocrtune
