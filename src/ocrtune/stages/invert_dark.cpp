#include <opencv2/core.hpp>

#include "ocrtune/kernels/measure/dark_regions.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage invert_dark() {
  return {
      .name = "invert_dark",
      .summary =
          "Inversion: makes light text on a dark background, on the whole page or parts of it, "
          "dark on light.",
      .cites = {"otsu1979"},
      .parameters =
          {
              window_parameter({.low = 2, .high = 8, .initial = 4}),
              real("share",
                   {.low = 0.5,
                    .high = 0.8,
                    .initial = 0.6,
                    .min = 0.3,
                    .max = 1,
                    .unit = "fraction of the surroundings",
                    .help = "minimum fraction of dark pixels; 1 leaves the image unchanged"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            const double share = parameters.real("share");
            Values resolved;
            resolved.set("share", share);
            if (share < 1) resolved.set("window", odd_px(parameters.real("window"), measured));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const double share = resolved.real("share");
            if (share >= 1) return in;
            const cv::Mat dark =
                dark_text_regions(in.gray, {.window = resolved.integer("window"), .share = share});
            if (dark.empty()) return in;
            Image out{in.gray.clone(), in.dpi};
            cv::bitwise_not(in.gray, out.gray, dark);
            return out;
          },
  };
}

}  // namespace ocrtune
