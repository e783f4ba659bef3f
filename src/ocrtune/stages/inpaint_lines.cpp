#include <opencv2/photo.hpp>

#include "ocrtune/kernels/line_mask.h"
#include "ocrtune/stages/line_lengths.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage inpaint_lines() {
  return {
      .name = "inpaint_lines",
      .summary = "Finds long ruled lines and fills them from the pixels beside them.",
      .cites = {"telea2004", "otsu1979"},
      .parameters =
          {
              h_size_parameter(20, 100, 40),
              v_size_parameter(20, 100, 40),
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
