#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/gaussian_kernel.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {
namespace {

constexpr int kMost = 255;

/// What is added for a pixel so much lighter than its surroundings, from -255 on.
using Change = std::array<int, std::size_t{2 * kMost + 1}>;

Change change_for(double amount) {
  Change change{};
  int difference = -kMost;
  for (int& added : change) added = static_cast<int>(std::lround(amount * difference++));
  return change;
}

cv::Mat sharpened(const cv::Mat& gray, double radius, double amount) {
  cv::Mat out;
  // OpenCV blurs 8-bit images in fixed point, the same on every machine.
  cv::GaussianBlur(standalone(gray), out, {}, radius);
  const Change change = change_for(amount);
  for (int y = 0; y < gray.rows; ++y) {
    const auto* from = gray.ptr<std::uint8_t>(y);
    auto* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      const int place = from[x] - to[x] + kMost;
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
      .summary = "Sharpens edges by adding what a Gaussian blur takes away.",
      .cites = {"gonzalez2018"},
      .parameters =
          {
              real("radius", {.low = 0.5,
                              .high = 5,
                              .initial = 1.5,
                              .min = 0,
                              .max = 50,
                              .unit = "px",
                              .help = "standard deviation of the Gaussian; 0 leaves the image "
                                      "alone"}),
              real("amount", {.low = 0,
                              .high = 3,
                              .initial = 1,
                              .min = 0,
                              .max = 10,
                              .unit = "times",
                              .help = "how much of the difference is added; 0 leaves the image "
                                      "alone"}),
          },
      .settle =
          [](const Values& parameters, double) {
            const bool neutral = parameters.real("radius") == 0 || parameters.real("amount") == 0;
            Values settled = parameters;
            if (neutral) {
              settled.set("radius", 0);
              settled.set("amount", 0);
            }
            return settled;
          },
      .run =
          [](const Image& in, const Values& settled) {
            const double amount = settled.real("amount");
            if (amount == 0) return in;
            return Image{sharpened(in.gray, settled.real("radius"), amount), in.dpi};
          },
      .reach = [](const Values& settled) { return gaussian_reach(settled.real("radius")); },
  };
}

}  // namespace ocrtune
