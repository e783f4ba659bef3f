#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>

#include "ocrtune/kernels/filter/steady_power.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

cv::Mat table_of(double gamma) {
  cv::Mat table(1, 256, CV_8UC1);
  for (int level = 0; level < 256; ++level) {
    table.at<std::uint8_t>(level) =
        static_cast<std::uint8_t>(std::lround(255 * steady_power(level / 255.0, gamma)));
  }
  return table;
}

}  // namespace

Stage gamma() {
  return {
      .name = "gamma",
      .summary =
          "Gamma correction: raises the gray levels to a power, to separate faint ink or dark "
          "paper.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              real("gamma", {.low = 0.5,
                             .high = 3,
                             .initial = 1.5,
                             .min = 0.1,
                             .max = 10,
                             .unit = "exponent",
                             .help = "exponent; above 1 darkens, below 1 lightens, 1 leaves the "
                                     "image unchanged"}),
          },
      .run =
          [](const Image& in, const Values& values) {
            const double exponent = values.real("gamma");
            if (exponent == 1) return in;
            Image out{{}, in.dpi};
            cv::LUT(in.gray, table_of(exponent), out.gray);
            return out;
          },
      .reach = [](const Values&) { return 0; },
  };
}

}  // namespace ocrtune
