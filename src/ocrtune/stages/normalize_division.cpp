#include <opencv2/imgproc.hpp>

#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage normalize_division() {
  return {
      .name = "normalize_division",
      .summary = "Evens out light and paper by dividing the page by its own Gaussian blur.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              odd("kernel",
                  {.low = 81,
                   .high = 201,
                   .initial = 151,
                   .min = 3,
                   .max = 2001,
                   .unit = "px",
                   .help = "width of the Gaussian; several times the height of a letter"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const int kernel = values.integer("kernel");
            const cv::Mat page = standalone(in.gray);
            cv::Mat background;
            cv::GaussianBlur(page, background, {kernel, kernel}, 0);
            Image out{{}, in.dpi};
            cv::divide(page, background, out.gray, 255);
            return out;
          },
  };
}

}  // namespace ocrtune
