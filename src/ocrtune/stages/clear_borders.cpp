#include <algorithm>
#include <cmath>

#include "ocrtune/kernels/measure/dark_borders.h"
#include "ocrtune/kernels/measure/paper_level.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage clear_borders() {
  return {
      .name = "clear_borders",
      .summary =
          "Fills dark borders of scans, such as the scanner's lid, with the gray level of the "
          "paper.",
      .cites = {"le1996", "otsu1979"},
      .parameters = {real(
          "margin",
          {.low = 0.02,
           .high = 0.2,
           .initial = 0.1,
           .min = 0,
           .max = 0.5,
           .unit = "fraction of the page's side",
           .help = "largest distance of borders from the edges; 0 leaves the image unchanged"})},
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            const double margin = parameters.real("margin");
            Values resolved;
            resolved.set("margin", margin);
            if (margin > 0) resolved.set("letter", whole_px(1, measured));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const double margin = resolved.real("margin");
            if (margin <= 0) return in;
            const auto share = [&](int side) {
              return static_cast<int>(std::lround(margin * side));
            };
            const cv::Mat borders = dark_borders(in.gray, {.left_right = share(in.gray.cols),
                                                           .top_bottom = share(in.gray.rows),
                                                           .letter = resolved.integer("letter")});
            if (borders.empty()) return in;
            Image out{in.gray.clone(), in.dpi};
            out.gray.setTo(paper_level(in.gray), borders);
            return out;
          },
  };
}

}  // namespace ocrtune
