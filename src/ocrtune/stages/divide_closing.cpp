#include "ocrtune/kernels/background.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage divide_closing() {
  return {
      .name = "divide_closing",
      .summary =
          "Evens out light and paper by dividing the page by a closing of it, in which print is "
          "filled up.",
      .cites = {"serra1982", "gonzalez2018"},
      .parameters =
          {
              window_parameter(
                  {.low = 0.4,
                   .high = 3,
                   .initial = 1,
                   .help = "side of the square that fills up strokes; wider than the widest"}),
          },
      .measure = measured_x_height,
      .settle = with_window_in_px,
      .run =
          [](const Image& in, const Values& settled) {
            const cv::Mat paper = closed_by_square(in.gray, settled.integer("window"));
            return Image{divided_by(in.gray, paper), in.dpi};
          },
      .reach = [](const Values& settled) { return 2 * window_reach(settled); },
  };
}

}  // namespace ocrtune
