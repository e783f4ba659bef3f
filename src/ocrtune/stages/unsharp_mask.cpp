#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/filter/gaussian_kernel.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {
namespace {

constexpr int kMax = 255;

/// The value added to a pixel, by its difference to its surroundings, from -255 on.
using Change = std::array<int, std::size_t{2 * kMax + 1}>;

Change change_for(double amount) {
  Change change{};
  int difference = -kMax;
  for (int& added : change) added = static_cast<int>(std::lround(amount * difference++));
  return change;
}

cv::Mat sharpened(const cv::Mat& gray, double radius, double amount) {
  cv::Mat out;
  // OpenCV blurs 8-bit images in fixed point, with the same result on every machine.
  cv::GaussianBlur(standalone(gray), out, {}, radius);
  const Change change = change_for(amount);
  for (int y = 0; y < gray.rows; ++y) {
    const auto* from = gray.ptr<std::uint8_t>(y);
    auto* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const int place = from[x] - to[x] + kMax;
      const int level = from[x] + change[static_cast<std::size_t>(place)];
      to[x] = static_cast<std::uint8_t>(std::clamp(level, 0, 255));
    }
  }
  return out;
}

}  // namespace

Stage unsharp_mask() {
  return {
      .name = "unsharp_mask",
      .summary = "Unsharp masking: sharpens edges by adding the difference from a Gaussian blur.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              real("radius",
                   {.low = 0.5,
                    .high = 5,
                    .initial = 1.5,
                    .min = 0,
                    .max = 50,
                    .unit = "px",
                    .help = "standard deviation of the Gaussian; 0 leaves the image unchanged"}),
              real("amount", {.low = 0,
                              .high = 3,
                              .initial = 1,
                              .min = 0,
                              .max = 10,
                              .unit = "times",
                              .help = "amount: fraction of the difference that is added; 0 leaves "
                                      "the image unchanged"}),
          },
      .resolve =
          [](const Values& parameters, double) {
            const bool neutral = parameters.real("radius") == 0 || parameters.real("amount") == 0;
            Values resolved = parameters;
            if (neutral) {
              resolved.set("radius", 0);
              resolved.set("amount", 0);
            }
            return resolved;
          },
      .run =
          [](const Image& in, const Values& resolved) {
            const double amount = resolved.real("amount");
            if (amount == 0) return in;
            return Image{sharpened(in.gray, resolved.real("radius"), amount), in.dpi};
          },
      .reach = [](const Values& resolved) { return gaussian_reach(resolved.real("radius")); },
  };
}

}  // namespace ocrtune
