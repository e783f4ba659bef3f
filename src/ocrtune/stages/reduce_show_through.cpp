#include "ocrtune/kernels/show_through.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

// In x-heights: several lines of text, so that print has little weight; and the soft edge of a
// stroke.
constexpr double kWindow = 4;
constexpr double kReach = 0.08;

}  // namespace

Stage reduce_show_through() {
  return {
      .name = "reduce_show_through",
      .summary =
          "Lightens strokes that are much fainter than the page's ink, as those that show "
          "through from the other side.",
      .cites = {"sharma2001", "nishida2003", "otsu1979"},
      .parameters =
          {
              real("contrast", {.low = 0.1,
                                .high = 0.7,
                                .initial = 0.4,
                                .min = 0,
                                .max = 1,
                                .unit = "of the ink's",
                                .help = "strokes with less contrast go; 0 leaves the image "
                                        "alone"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            Values settled;
            settled.set("contrast", parameters.real("contrast"));
            settled.set("window", odd_px(kWindow, measured));
            settled.set("reach", whole_px(kReach, measured));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            return Image{without_show_through(in.gray, {.contrast = settled.real("contrast"),
                                                        .window = settled.integer("window"),
                                                        .reach = settled.integer("reach")}),
                         in.dpi};
          },
  };
}

}  // namespace ocrtune
