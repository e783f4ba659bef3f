#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "ocrtune/kernels/filter/area_closing.h"
#include "ocrtune/stages/stage.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

/// Light specks are dark specks of the negative. Dark pixels that touch at a corner are connected,
/// as in strokes, so light pixels that do are not.
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
      .summary = "Despeckling: removes dark and light specks that are too small to be print.",
      .cites = {"vincent1993"},
      .parameters =
          {
              real("dark", {.low = 0,
                            .high = 0.04,
                            .initial = 0.015,
                            .min = 0,
                            .max = 0.5,
                            .unit = "square x-heights",
                            .help = "dark specks with a smaller area are removed; 0 removes none"}),
              real("light",
                   {.low = 0,
                    .high = 0.02,
                    .initial = 0.005,
                    .min = 0,
                    .max = 0.5,
                    .unit = "square x-heights",
                    .help = "light specks with a smaller area are removed; 0 removes none"}),
          },
      .measure = measured_x_height,
      .resolve =
          [](const Values& parameters, double measured) {
            const double letter = x_height_or_usual(measured);
            Values resolved;
            for (const char* kind : {"dark", "light"}) {
              const double area = std::ceil(parameters.real(kind) * letter * letter);
              resolved.set(kind, std::clamp(area, 1.0, 1e6));
            }
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const cv::Mat without_dark =
                area_closing(in.gray, resolved.integer("dark"), Touching::corners);
            return Image{without_light(without_dark, resolved.integer("light")), in.dpi};
          },
  };
}

}  // namespace ocrtune
