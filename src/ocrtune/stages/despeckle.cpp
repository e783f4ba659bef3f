#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "ocrtune/kernels/area_closing.h"
#include "ocrtune/stages/registry.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

/// Light specks are dark ones of the negative. What touches by corners alone is one for the dark,
/// as strokes are, and therefore two for the light.
cv::Mat without_light(const cv::Mat& gray, int area) {
  if (area <= 1) return gray;
  cv::Mat negative;
  cv::bitwise_not(gray, negative);
  cv::Mat out = area_closing(negative, area, Touching::sides);
  cv::bitwise_not(out, out);
  return out;
}

}  // namespace

Stage despeckle() {
  return {
      .name = "despeckle",
      .summary = "Takes away dark and light specks that are too small to be print.",
      .cites = {"vincent1993"},
      .parameters =
          {
              real("dark", {.low = 0,
                            .high = 0.04,
                            .initial = 0.015,
                            .min = 0,
                            .max = 0.5,
                            .unit = "square x-heights",
                            .help = "dark specks of a smaller area go; 0 for none"}),
              real("light", {.low = 0,
                             .high = 0.02,
                             .initial = 0.005,
                             .min = 0,
                             .max = 0.5,
                             .unit = "square x-heights",
                             .help = "light specks of a smaller area go; 0 for none"}),
          },
      .measure = measured_x_height,
      .settle =
          [](const Values& parameters, double measured) {
            const double letter = x_height_or_usual(measured);
            Values settled;
            for (const char* kind : {"dark", "light"}) {
              const double area = std::ceil(parameters.real(kind) * letter * letter);
              settled.set(kind, std::clamp(area, 1.0, 1e6));
            }
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const cv::Mat without_dark =
                area_closing(in.gray, settled.integer("dark"), Touching::corners);
            return Image{without_light(without_dark, settled.integer("light")), in.dpi};
          },
  };
}

}  // namespace ocrtune
