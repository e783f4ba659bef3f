#include <algorithm>

#include "ocrtune/kernels/measure/x_height.h"
#include "ocrtune/stages/resize.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

/// Beyond this, the measured height is wrong, or the text cannot be recognized.
constexpr double kMaxGrowth = 6;
constexpr double kMaxReduction = 0.2;

}  // namespace

Stage rescale_x_height() {
  return {
      .name = "rescale_x_height",
      .summary = "Scaling to text height: enlarges or reduces the page to a given x-height.",
      .cites = {"keys1981"},
      .parameters = {real(
          "height", {.low = 14,
                     .high = 40,
                     .initial = 22,
                     .min = 5,
                     .max = 200,
                     .unit = "px",
                     .help = "height of letters such as x; a page without text remains unchanged",
                     .log = true})},
      .measure = [](const Image& in) { return x_height(in.gray); },
      .resolve =
          [](const Values& parameters, double height) {
            Values resolved;
            resolved.set("factor", height > 0 ? std::clamp(parameters.real("height") / height,
                                                           kMaxReduction, kMaxGrowth)
                                              : 1);
            return resolved;
          },
      .run = [](const Image& in,
                const Values& resolved) { return resized(in, resolved.real("factor")); },
      .moves = true,
  };
}

}  // namespace ocrtune
