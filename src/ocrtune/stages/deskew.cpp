#include <cmath>
#include <numbers>

#include "ocrtune/kernels/measure/skew.h"
#include "ocrtune/stages/moved.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

double slope_at(double degrees) { return std::tan(degrees * std::numbers::pi / 180); }

/// Randomly placed letters reach about 1.3, text lines more than 1.6.
constexpr double kMinConfidence = 1.5;

double slope_of(const Image& in) {
  const Skew skew = text_skew(letter_boxes(in.gray));
  return skew.confidence < kMinConfidence ? 0 : skew.slope;
}

/// Rotates about the centre until lines with `slope` are horizontal.
Image turned(const Image& in, double slope) {
  const double along = 1 / std::sqrt(1 + slope * slope);
  const double down = slope * along;
  const double x = 0.5 * in.gray.cols;
  const double y = 0.5 * in.gray.rows;
  const cv::Matx33d turn(along, -down, x - along * x + down * y,  //
                         down, along, y - down * x - along * y,   //
                         0, 0, 1);
  return moved(in, turn, in.gray.size());
}

}  // namespace

Stage deskew() {
  return {
      .name = "deskew",
      .summary = "Deskewing: rotates the page until its text lines are horizontal.",
      .cites = {"baird1987", "keys1981"},
      .parameters =
          {
              real("least_angle", {.low = 0.1,
                                   .high = 1.5,
                                   .initial = 0.5,
                                   .min = 0.05,
                                   .max = 15,
                                   .unit = "degrees",
                                   .help = "pages with less skew remain unchanged"}),
              real("most_angle",
                   {.low = 1,
                    .high = 10,
                    .initial = 5,
                    .min = 0,
                    .max = 15,
                    .unit = "degrees",
                    .help = "largest skew that is corrected; 0 leaves the image unchanged"}),
          },
      .measure = slope_of,
      .resolve =
          [](const Values& parameters, double slope) {
            const bool leans = std::abs(slope) >= slope_at(parameters.real("least_angle")) &&
                               std::abs(slope) <= slope_at(parameters.real("most_angle"));
            Values resolved;
            resolved.set("slope", leans ? slope : 0.0);
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const double slope = resolved.real("slope");
            return slope == 0 ? in : turned(in, slope);
          },
      .moves = true,
  };
}

}  // namespace ocrtune
