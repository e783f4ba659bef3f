#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage stretch_contrast() {
  return {
      .name = "stretch_contrast",
      .summary = "Contrast stretching: the darkest pixel becomes 0, the lightest 255.",
      .cites = {"gonzalez2018"},
      .parameters = {},
      .over_kernels = {.run = [](Backend& backend, const Pixels& in,
                                 const Values&) { return backend.stretched(in); }},
  };
}

}  // namespace ocrtune
