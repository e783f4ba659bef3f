#include "ocrtune/stages/resize.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage rescale() {
  return {
      .name = "rescale",
      .summary = "Scaling: enlarges or reduces the page by a factor.",
      .cites = {"keys1981"},
      .parameters = {real("factor",
                          {.low = 0.5,
                           .high = 3,
                           .initial = 1,
                           .min = 0.1,
                           .max = 8,
                           .unit = "times",
                           .help = "scale factor; above 1 enlarges, 1 leaves the image unchanged",
                           .log = true})},
      .run = [](const Image& in,
                const Values& resolved) { return resized(in, resolved.real("factor")); },
      .moves = true,
  };
}

}  // namespace ocrtune
