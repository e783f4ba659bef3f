#include <opencv2/photo.hpp>

#include "ocrtune/stages/line_mask.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage inpaint_lines() {
  return {
      .name = "inpaint_lines",
      .summary = "Finds long ruled lines and fills them from the pixels beside them.",
      .cites = {"telea2004", "otsu1979"},
      .parameters =
          {
              integer("h_size", {.low = 20,
                                 .high = 100,
                                 .initial = 40,
                                 .min = 1,
                                 .max = 10000,
                                 .unit = "px",
                                 .help = "length of the horizontal element; lines shorter than "
                                         "about twice this stay"}),
              integer(
                  "v_size",
                  {.low = 20,
                   .high = 100,
                   .initial = 40,
                   .min = 1,
                   .max = 10000,
                   .unit = "px",
                   .help =
                       "length of the vertical element; lines shorter than about twice this stay"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const cv::Mat mask = line_mask(in.gray, {.h_size = values.integer("h_size"),
                                                     .v_size = values.integer("v_size"),
                                                     .dilate_iter = 1});
            constexpr double kRadius = 3;
            Image out{{}, in.dpi};
            cv::inpaint(in.gray, mask, out.gray, kRadius, cv::INPAINT_TELEA);
            return out;
          },
  };
}

}  // namespace ocrtune
