#include <algorithm>

#include "ocrtune/kernels/x_height.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/resize.h"

namespace ocrtune {
namespace {

/// Beyond, the text was measured wrongly, or nothing can be made of it.
constexpr double kMostGrowth = 6;
constexpr double kMostReduction = 0.2;

}  // namespace

Stage rescale_x_height() {
  return {
      .name = "rescale_x_height",
      .summary = "Enlarges or reduces the page until its small letters have a given height.",
      .cites = {"keys1981"},
      .parameters = {real("height", {.low = 14,
                                     .high = 40,
                                     .initial = 22,
                                     .min = 5,
                                     .max = 200,
                                     .unit = "px",
                                     .help = "height of letters such as x; a page without text "
                                             "stays as it is",
                                     .log = true})},
      .measure = [](const Image& in) { return x_height(in.gray); },
      .settle =
          [](const Values& parameters, double height) {
            Values settled;
            settled.set("factor", height > 0 ? std::clamp(parameters.real("height") / height,
                                                          kMostReduction, kMostGrowth)
                                             : 1);
            return settled;
          },
      .run = [](const Image& in,
                const Values& settled) { return resized(in, settled.real("factor")); },
      .moves = true,
  };
}

}  // namespace ocrtune
