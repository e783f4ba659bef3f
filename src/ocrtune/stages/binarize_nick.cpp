#include <cmath>

#include "ocrtune/kernels/measure/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

Stage binarize_nick() {
  return {
      .name = "binarize_nick",
      .summary =
          "NICK: Niblack's binarization with the root mean square of the gray levels instead of "
          "their standard deviation.",
      .cites = {"khurshid2009"},
      .parameters =
          {
              window_parameter({.low = 3, .high = 30, .initial = 12}),
              real("k", {.low = -0.25,
                         .high = -0.04,
                         .initial = -0.1,
                         .min = -2,
                         .max = 2,
                         .unit = "root mean squares",
                         .help = "distance of the threshold from the mean; negative values are "
                                 "below the mean"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            const double k = resolved.real("k");
            return Image{black_below(in.gray, resolved.integer("window"),
                                     [=](const WindowSums& sums) {
                                       const double mean = sums.mean();
                                       const auto squares = static_cast<double>(sums.squares);
                                       const auto count = static_cast<double>(sums.count);
                                       const double spread = (squares - mean * mean) / count;
                                       return mean + k * std::sqrt(spread);
                                     }),
                         in.dpi};
          },
      .reach = window_reach,
  };
}

}  // namespace ocrtune
