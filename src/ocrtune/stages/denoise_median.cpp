#include <opencv2/imgproc.hpp>

#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage denoise_median() {
  return {
      .name = "denoise_median",
      .summary = "Median filter: replaces each pixel by the median of the square around it.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              odd("size", {.low = 1,
                           .high = 7,
                           .initial = 3,
                           .min = 1,
                           .max = 99,
                           .unit = "px",
                           .help = "kernel size; 1 leaves the image unchanged"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const int size = values.integer("size");
            if (size == 1) return in;
            Image out{{}, in.dpi};
            cv::medianBlur(standalone(in.gray), out.gray, size);
            return out;
          },
      .reach = [](const Values& values) { return values.integer("size") / 2; },
      .experimental = true,
  };
}

}  // namespace ocrtune
