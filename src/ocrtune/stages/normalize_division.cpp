#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage normalize_division() {
  return {
      .name = "normalize_division",
      .summary = "Illumination correction: divides the page by its Gaussian blur.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              odd("kernel",
                  {.low = 81,
                   .high = 201,
                   .initial = 151,
                   .min = 3,
                   .max = 2001,
                   .unit = "px",
                   .help = "kernel size of the Gaussian; several times the letter height"}),
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& values) {
                             return backend.divided_by_blur(in, values.integer("kernel"));
                           }},
      .reach = [](const Values& values) { return values.integer("kernel") / 2; },
  };
}

}  // namespace ocrtune
