#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage stretch_contrast() {
  return {
      .name = "stretch_contrast",
      .summary = "Spreads the gray levels so that the darkest pixel is 0 and the lightest 255.",
      .cites = {"gonzalez2018"},
      .parameters = {},
      .over_kernels = {.run = [](Backend& backend, const Pixels& in,
                                 const Values&) { return backend.stretched(in); }},
  };
}

}  // namespace ocrtune
