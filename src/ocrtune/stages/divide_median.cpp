#include "ocrtune/kernels/background.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage divide_median() {
  return {
      .name = "divide_median",
      .summary =
          "Evens out light and paper by dividing the page by the median of its surroundings.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              window_parameter(
                  {.low = 2,
                   .high = 10,
                   .initial = 4,
                   .help =
                       "side of the square; several lines of text have too little ink to count"}),
          },
      .measure = measured_x_height,
      .settle = with_window_in_px,
      .run =
          [](const Image& in, const Values& settled) {
            const cv::Mat paper = median_paper(in.gray, settled.integer("window"));
            return Image{divided_by(in.gray, paper), in.dpi};
          },
  };
}

}  // namespace ocrtune
