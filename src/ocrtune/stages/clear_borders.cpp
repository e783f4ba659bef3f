#include <algorithm>
#include <cmath>

#include "ocrtune/kernels/dark_borders.h"
#include "ocrtune/kernels/paper_level.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage clear_borders() {
  return {
      .name = "clear_borders",
      .summary = "Paints dark borders of scans, such as the scanner's lid, with the paper's level.",
      .cites = {"le1996", "otsu1979"},
      .parameters = {real("margin",
                          {.low = 0.02,
                           .high = 0.2,
                           .initial = 0.1,
                           .min = 0,
                           .max = 0.5,
                           .unit = "share of the page's side",
                           .help = "how far from the edges borders may reach; 0 leaves the image "
                                   "alone"})},
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            const double margin = parameters.real("margin");
            Values settled;
            settled.set("margin", margin);
            if (margin > 0) settled.set("letter", whole_px(1, measured));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const double margin = settled.real("margin");
            if (margin <= 0) return in;
            const auto share = [&](int side) {
              return static_cast<int>(std::lround(margin * side));
            };
            const cv::Mat borders = dark_borders(in.gray, {.left_right = share(in.gray.cols),
                                                           .top_bottom = share(in.gray.rows),
                                                           .letter = settled.integer("letter")});
            if (borders.empty()) return in;
            Image out{in.gray.clone(), in.dpi};
            out.gray.setTo(paper_level(in.gray), borders);
            return out;
          },
  };
}

}  // namespace ocrtune
