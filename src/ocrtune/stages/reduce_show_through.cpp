#include "ocrtune/kernels/filter/show_through.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

// In x-heights: several text lines, so that print has little weight; and the soft edge of a stroke.
constexpr double kWindow = 4;
constexpr double kReach = 0.08;

}  // namespace

Stage reduce_show_through() {
  return {
      .name = "reduce_show_through",
      .summary =
          "Show-through reduction: lightens strokes much fainter than the page's ink, such as "
          "print from the reverse side.",
      .cites = {"sharma2001", "nishida2003", "otsu1979"},
      .parameters =
          {
              real(
                  "contrast",
                  {.low = 0.1,
                   .high = 0.7,
                   .initial = 0.4,
                   .min = 0,
                   .max = 1,
                   .unit = "of the ink's",
                   .help = "strokes with less contrast are removed; 0 leaves the image unchanged"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            Values resolved;
            resolved.set("contrast", parameters.real("contrast"));
            resolved.set("window", odd_px(kWindow, measured));
            resolved.set("reach", whole_px(kReach, measured));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            return Image{without_show_through(in.gray, {.contrast = resolved.real("contrast"),
                                                        .window = resolved.integer("window"),
                                                        .reach = resolved.integer("reach")}),
                         in.dpi};
          },
  };
}

}  // namespace ocrtune
