#include <string>

#include "ocrtune/kernels/line_repair.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

/// In x-heights: the soft edge of a line.
constexpr double kMargin = 0.1;

Parameter length(const char* name, const char* direction) {
  return real(name, {.low = 2.5,
                     .high = 10,
                     .initial = 5,
                     .min = 0.5,
                     .max = 100,
                     .unit = "x-heights",
                     .help = std::string("least length of a ") + direction + " line"});
}

}  // namespace

Stage remove_lines_repaired() {
  return {
      .name = "remove_lines_repaired",
      .summary = "Finds long ruled lines and takes them away, but for the strokes that cross them.",
      .cites = {"yoo1997", "bai2004", "otsu1979"},
      .parameters =
          {
              length("h_length", "horizontal"),
              length("v_length", "vertical"),
              real("thickness", {.low = 0.1,
                                 .high = 1,
                                 .initial = 0.4,
                                 .min = 0,
                                 .max = 5,
                                 .unit = "x-heights",
                                 .help = "greatest thickness of a line; 0 leaves the image alone"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            Values settled;
            const double thickness = parameters.real("thickness");
            settled.set("thickness", thickness == 0 ? 0 : whole_px(thickness, measured));
            if (thickness == 0) return settled;
            // Of a line, line_mask() is told half the length, and it shifts lines of even sizes.
            settled.set("h_size", odd_px(parameters.real("h_length") / 2, measured));
            settled.set("v_size", odd_px(parameters.real("v_length") / 2, measured));
            settled.set("margin", whole_px(kMargin, measured));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            if (settled.integer("thickness") == 0) return in;
            return Image{without_lines_repaired(in.gray, {.h_size = settled.integer("h_size"),
                                                          .v_size = settled.integer("v_size"),
                                                          .thickness = settled.integer("thickness"),
                                                          .margin = settled.integer("margin")}),
                         in.dpi};
          },
  };
}

}  // namespace ocrtune
