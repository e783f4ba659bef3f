#include "ocrtune/kernels/filter/background.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage divide_closing() {
  return {
      .name = "divide_closing",
      .summary =
          "Illumination correction: divides the page by its morphological closing, which contains "
          "no print.",
      .cites = {"serra1982", "gonzalez2018"},
      .parameters =
          {
              window_parameter({.low = 0.4,
                                .high = 3,
                                .initial = 1,
                                .help = "side of the square; wider than the widest stroke"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const cv::Mat paper = closed_by_square(in.gray, resolved.integer("window"));
            return Image{divided_by(in.gray, paper), in.dpi};
          },
      .reach = [](const Values& resolved) { return 2 * window_reach(resolved); },
  };
}

}  // namespace ocrtune
