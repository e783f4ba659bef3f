#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/sheet.h"
#include "ocrtune/stages/moved.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

/// The fraction of the photograph that the sheet covers; 0 if none was found.
double share_of_sheet(const Image& in) {
  const auto corners = sheet_corners(in.gray);
  return corners ? area_of(*corners) / static_cast<double>(in.gray.total()) : 0;
}

Image flattened(const Image& in) {
  const auto found = sheet_corners(in.gray);
  if (!found) return in;
  const Corners& c = *found;
  const auto length = [](const cv::Point2d& side) { return std::sqrt(side.dot(side)); };
  const int width = std::max(1, cvRound(std::max(length(c[1] - c[0]), length(c[2] - c[3]))));
  const int height = std::max(1, cvRound(std::max(length(c[3] - c[0]), length(c[2] - c[1]))));
  const auto right = static_cast<float>(width);
  const auto bottom = static_cast<float>(height);
  const std::array<cv::Point2f, 4> to{{{0, 0}, {right, 0}, {right, bottom}, {0, bottom}}};
  const std::array<cv::Point2f, 4> from{c[0], c[1], c[2], c[3]};
  return moved(in, cv::getPerspectiveTransform(to.data(), from.data()), {width, height});
}

}  // namespace

Stage perspective() {
  return {
      .name = "perspective",
      .summary =
          "Perspective correction: crops a photographed sheet from its darker background and makes "
          "it rectangular.",
      .cites = {"otsu1979", "hartley2004"},
      .parameters = {real("least_share",
                          {.low = 0.2,
                           .high = 1,
                           .initial = 0.3,
                           .min = 0.05,
                           .max = 1,
                           .unit = "fraction of the photograph",
                           .help = "smaller sheets are ignored; 1 leaves the image unchanged"})},
      .measure = share_of_sheet,
      .resolve =
          [](const Values& parameters, double share) {
            Values resolved;
            resolved.set("found", share >= parameters.real("least_share") ? 1.0 : 0.0);
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            return resolved.integer("found") == 0 ? in : flattened(in);
          },
      .moves = true,
  };
}

}  // namespace ocrtune
