#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/filter/gaussian_kernel.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

Stage denoise_gaussian() {
  return {
      .name = "denoise_gaussian",
      .summary = "Gaussian blur.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              real("sigma",
                   {.low = 0,
                    .high = 3,
                    .initial = 0.8,
                    .min = 0,
                    .max = 50,
                    .unit = "px",
                    .help = "standard deviation of the Gaussian; 0 leaves the image unchanged"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const double sigma = values.real("sigma");
            if (sigma == 0) return in;
            Image out{{}, in.dpi};
            // OpenCV blurs 8-bit images in fixed point, with the same result on every machine.
            cv::GaussianBlur(standalone(in.gray), out.gray, {}, sigma);
            return out;
          },
      .reach = [](const Values& values) { return gaussian_reach(values.real("sigma")); },
  };
}

}  // namespace ocrtune
