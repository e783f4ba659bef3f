#include <opencv2/core.hpp>

#include "ocrtune/kernels/filter/inpaint.h"
#include "ocrtune/kernels/lines/line_mask.h"
#include "ocrtune/stages/line_lengths.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

cv::Mat filled(const cv::Mat& gray, const cv::Mat& mask) {
  constexpr int kRadius = 3;
  if (gray.rows > 1 && gray.cols > 1) return inpainted(gray, mask, kRadius);
  const int down = gray.rows > 1 ? 1 : 2;
  const int across = gray.cols > 1 ? 1 : 2;
  return inpainted(cv::repeat(gray, down, across), cv::repeat(mask, down, across),
                   kRadius)(cv::Rect({}, gray.size()))
      .clone();
}

}  // namespace

Stage inpaint_lines() {
  return {
      .name = "inpaint_lines",
      .summary =
          "Line removal by inpainting: detects long ruled lines and fills them from the "
          "neighbouring pixels.",
      .cites = {"telea2004", "otsu1979"},
      .parameters =
          {
              h_size_parameter(20, 100, 40),
              v_size_parameter(20, 100, 40),
          },
      .over_kernels = {.run =
                           [](Backend& backend, const Pixels& in, const Values& values) {
                             const Pixels mask =
                                 backend.line_mask(in, {.h_size = values.integer("h_size"),
                                                        .v_size = values.integer("v_size"),
                                                        .dilate_iter = 1});
                             return backend.hold(filled(backend.gray(in), backend.gray(mask)));
                           }},
  };
}

}  // namespace ocrtune
