#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/resize.h"

namespace ocrtune {

Stage rescale() {
  return {
      .name = "rescale",
      .summary = "Enlarges or reduces the page by a factor.",
      .cites = {"keys1981"},
      .parameters = {real("factor", {.low = 0.5,
                                     .high = 3,
                                     .initial = 1,
                                     .min = 0.1,
                                     .max = 8,
                                     .unit = "times",
                                     .help = "above 1 the page grows; 1 leaves it alone",
                                     .log = true})},
      .run = [](const Image& in,
                const Values& settled) { return resized(in, settled.real("factor")); },
      .moves = true,
  };
}

}  // namespace ocrtune
