#include <algorithm>
#include <opencv2/core.hpp>

#include "ocrtune/kernels/measure/local_moments.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

namespace {

/// Over all windows of a page.
double greatest_deviation(const cv::Mat& gray, int window) {
  LocalMoments moments(gray, window);
  double greatest = 0;
  for (int y = 0; y < gray.rows; ++y) {
    moments.next_row();
    for (int x = 0; x < gray.cols; ++x) greatest = std::max(greatest, moments.at(x).deviation());
  }
  return greatest;
}

Image binarized(const Image& in, int window, double k) {
  double darkest = 0;
  cv::minMaxLoc(in.gray, &darkest);
  const double greatest = greatest_deviation(in.gray, window);
  // On a page of one level every threshold is that level, whatever the divisor.
  const double unit = greatest > 0 ? greatest : 1;
  return {black_below(in.gray, window,
                      [=](const WindowSums& sums) {
                        const double mean = sums.mean();
                        return mean + k * (sums.deviation() / unit - 1) * (mean - darkest);
                      }),
          in.dpi};
}

}  // namespace

Stage binarize_wolf() {
  return {
      .name = "binarize_wolf",
      .summary =
          "Wolf's binarization: Sauvola's threshold, normalized by the darkest gray level and the "
          "highest contrast of the page.",
      .cites = {"wolf2004"},
      .parameters =
          {
              window_parameter({.low = 3, .high = 20, .initial = 8}),
              real("k",
                   {.low = 0.05,
                    .high = 0.5,
                    .initial = 0.2,
                    .min = -1,
                    .max = 2,
                    .unit = "fraction of the contrast",
                    .help = "k: by how much the threshold is lowered where the contrast is low"}),
          },
      .measure = measured_x_height,
      .resolve = with_window_in_px,
      .run =
          [](const Image& in, const Values& resolved) {
            return binarized(in, resolved.integer("window"), resolved.real("k"));
          },
  };
}

}  // namespace ocrtune
