#include "pages/degrade.h"

#include <algorithm>

namespace ocrtune::examples {
namespace {

void scale_lengths(RuledLines& d, double scale) { d.thickness_px *= scale; }
void scale_lengths(ShowThrough& d, double scale) { d.blur_px *= scale; }
void scale_lengths(SaltAndPepper& d, double scale) { d.size_px = std::max(1.0, d.size_px * scale); }
void scale_lengths(Fading& d, double scale) { d.patch_px = std::max(1.0, d.patch_px * scale); }
void scale_lengths(Blur& d, double scale) {
  d.sigma_px *= scale;
  d.motion_px *= scale;
}

}  // namespace

std::string_view name_of(const Degradation& degradation) {
  return std::visit([](const auto& d) { return d.name; }, degradation);
}

cv::Mat apply(const Degradation& degradation, const cv::Mat& gray, Random& random, double scale) {
  return std::visit(
      [&](auto d) {
        if constexpr (requires { scale_lengths(d, scale); }) {
          scale_lengths(d, scale);
        }
        return degrade(gray, random, d);
      },
      degradation);
}

}  // namespace ocrtune::examples
