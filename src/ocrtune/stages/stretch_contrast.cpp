#include <opencv2/core.hpp>

#include "ocrtune/stages/registry.h"

namespace ocrtune {

Stage stretch_contrast() {
  return {
      .name = "stretch_contrast",
      .summary = "Spreads the gray levels so that the darkest pixel is 0 and the lightest 255.",
      .cites = {"gonzalez2018"},
      .parameters = {},
      .run =
          [](const Image& in, const Values&) {
            Image out{{}, in.dpi};
            cv::normalize(in.gray, out.gray, 0, 255, cv::NORM_MINMAX, CV_8UC1);
            return out;
          },
  };
}

}  // namespace ocrtune
