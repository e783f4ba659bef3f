#include <opencv2/imgproc.hpp>

#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage subtract_background() {
  return {
      .name = "subtract_background",
      .summary =
          "Estimates the paper by dilation and a median, and leaves white minus the distance from "
          "it.",
      .cites = {"gatos2006", "serra1982"},
      .parameters =
          {
              odd("dilate",
                  {.low = 3,
                   .high = 15,
                   .initial = 7,
                   .min = 1,
                   .max = 255,
                   .unit = "px",
                   .help = "side of the square that swallows the strokes; wider than a stroke"}),
              odd("blur", {.low = 11,
                           .high = 51,
                           .initial = 21,
                           .min = 1,
                           .max = 255,
                           .unit = "px",
                           .help = "side of the median's window"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const int side = values.integer("dilate");
            cv::Mat paper;
            cv::dilate(standalone(in.gray), paper, cv::Mat::ones(side, side, CV_8UC1));
            cv::medianBlur(paper, paper, values.integer("blur"));
            Image out{{}, in.dpi};
            cv::absdiff(in.gray, paper, out.gray);
            cv::subtract(255, out.gray, out.gray);
            return out;
          },
  };
}

}  // namespace ocrtune
