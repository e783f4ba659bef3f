#include "ocrtune/kernels/filter/background.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage divide_median() {
  return {
      .name = "divide_median",
      .summary =
          "Illumination correction: divides each pixel by the median of the square around it.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              window_parameter({.low = 2,
                                .high = 10,
                                .initial = 4,
                                .help = "side of the square; large enough for several text lines"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const cv::Mat paper = median_paper(in.gray, resolved.integer("window"));
            return Image{divided_by(in.gray, paper), in.dpi};
          },
  };
}

}  // namespace ocrtune
