#include <cmath>
#include <cstdint>

#include "ocrtune/kernels/measure/local_moments.h"
#include "ocrtune/kernels/threshold/high_contrast.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {

namespace {

struct Ink {
  std::int64_t min_edges = 0;  ///< least number of edge pixels near it
  double k = 0;
};

/// Black where there are edges nearby and the pixel is not much lighter than they are.
cv::Mat near_edges(const cv::Mat& gray, int window, Ink ink) {
  LocalMoments edges(gray, window, high_contrast_pixels(gray));
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    edges.next_row();
    const std::uint8_t* from = gray.ptr<std::uint8_t>(y);
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const WindowSums near = edges.at(x);
      const bool black =
          near.count >= ink.min_edges && from[x] <= near.mean() + ink.k * near.deviation();
      to[x] = black ? 0 : 255;
    }
  }
  return out;
}

}  // namespace

Stage binarize_su() {
  return {
      .name = "binarize_su",
      .summary =
          "Su's binarization: a pixel is black if it is near stroke edges and not lighter than "
          "they are.",
      .cites = {"su2010", "su2013"},
      .parameters =
          {
              window_parameter({.low = 1, .high = 4, .initial = 2}),
              real("edges", {.low = 0.3,
                             .high = 3,
                             .initial = 1.5,
                             .min = 0,
                             .max = 100,
                             .unit = "window sizes",
                             .help = "minimum number of edge pixels in the window"}),
              real("k", {.low = 0,
                         .high = 1,
                         .initial = 0.5,
                         .min = -5,
                         .max = 5,
                         .unit = "standard deviations",
                         .help = "how much lighter than the mean of the edge pixels ink may be"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            const int window = odd_px(parameters.real("window"), measured);
            Values resolved;
            resolved.set("window", window);
            resolved.set("edges", std::max(1.0, std::ceil(parameters.real("edges") * window)));
            resolved.set("k", parameters.real("k"));
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            return Image{
                near_edges(in.gray, resolved.integer("window"),
                           {static_cast<std::int64_t>(resolved.real("edges")), resolved.real("k")}),
                in.dpi};
          },
  };
}

}  // namespace ocrtune
