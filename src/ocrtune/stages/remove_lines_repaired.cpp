#include <string>

#include "ocrtune/kernels/lines/line_repair.h"
#include "ocrtune/stages/stage.h"
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
                     .help = std::string("minimum length of a ") + direction + " line"});
}

}  // namespace

Stage remove_lines_repaired() {
  return {
      .name = "remove_lines_repaired",
      .summary =
          "Line removal with repair: removes long ruled lines and keeps the strokes that cross "
          "them.",
      .cites = {"yoo1997", "bai2004", "otsu1979"},
      .parameters =
          {
              length("h_length", "horizontal"),
              length("v_length", "vertical"),
              real("thickness",
                   {.low = 0.1,
                    .high = 1,
                    .initial = 0.4,
                    .min = 0,
                    .max = 5,
                    .unit = "x-heights",
                    .help = "largest thickness of a line; 0 leaves the image unchanged"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            Values resolved;
            const double thickness = parameters.real("thickness");
            resolved.set("thickness", thickness == 0 ? 0 : whole_px(thickness, measured));
            if (thickness == 0) return resolved;
            // line_mask() takes half the length of a line, and shifts lines of even sizes.
            resolved.set("h_size", odd_px(parameters.real("h_length") / 2, measured));
            resolved.set("v_size", odd_px(parameters.real("v_length") / 2, measured));
            resolved.set("margin", whole_px(kMargin, measured));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            if (resolved.integer("thickness") == 0) return in;
            return Image{
                without_lines_repaired(in.gray, {.h_size = resolved.integer("h_size"),
                                                 .v_size = resolved.integer("v_size"),
                                                 .thickness = resolved.integer("thickness"),
                                                 .margin = resolved.integer("margin")}),
                in.dpi};
          },
  };
}

}  // namespace ocrtune
