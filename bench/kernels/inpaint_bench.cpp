#include <fmt/format.h>

#include <opencv2/photo.hpp>

#include "kernels/comparison.h"
#include "ocrtune/kernels/filter/inpaint.h"
#include "ocrtune/kernels/lines/line_mask.h"

namespace ocrtune::bench {
namespace {

cv::Mat opencv_inpainted(const cv::Mat& gray, const cv::Mat& mask) {
  cv::Mat out;
  cv::inpaint(gray, mask, out, 3, cv::INPAINT_TELEA);
  return out;
}

/// Of lines that long; finding them is a part of both times.
Comparison line_inpainting(const LineSizes& sizes) {
  return {.kernel = fmt::format("inpainted lines h={} v={}", sizes.h_size, sizes.v_size),
          .ours = [=](const cv::Mat& page) { return inpainted(page, line_mask(page, sizes), 3); },
          .library =
              [=](const cv::Mat& page) { return opencv_inpainted(page, line_mask(page, sizes)); }};
}

const Registered kUsual(line_inpainting({.h_size = 40, .v_size = 40, .dilate_iter = 1}));
const Registered kShort(line_inpainting({.h_size = 20, .v_size = 20, .dilate_iter = 1}));

}  // namespace
}  // namespace ocrtune::bench
