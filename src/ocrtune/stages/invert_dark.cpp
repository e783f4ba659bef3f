#include <opencv2/core.hpp>

#include "ocrtune/kernels/dark_regions.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage invert_dark() {
  return {
      .name = "invert_dark",
      .summary =
          "Turns light text on dark ground, on a whole page or a part of it, into dark text "
          "on light ground.",
      .cites = {"otsu1979"},
      .parameters =
          {
              window_parameter({.low = 2, .high = 8, .initial = 4}),
              real("share", {.low = 0.5,
                             .high = 0.8,
                             .initial = 0.6,
                             .min = 0.3,
                             .max = 1,
                             .unit = "share of the surroundings",
                             .help = "how much must be dark; 1 leaves the image alone"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            const double share = parameters.real("share");
            Values settled;
            settled.set("share", share);
            if (share < 1) settled.set("window", odd_px(parameters.real("window"), measured));
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const double share = settled.real("share");
            if (share >= 1) return in;
            const cv::Mat dark =
                dark_text_regions(in.gray, {.window = settled.integer("window"), .share = share});
            if (dark.empty()) return in;
            Image out{in.gray.clone(), in.dpi};
            cv::bitwise_not(in.gray, out.gray, dark);
            return out;
          },
  };
}

}  // namespace ocrtune
