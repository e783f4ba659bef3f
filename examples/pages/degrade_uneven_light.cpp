#include <numbers>

#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {

cv::Mat degrade(const cv::Mat& gray, Random& random, const UnevenLight& strength) {
  const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
  const double dx = std::cos(angle);
  const double dy = std::sin(angle);
  const double reach = std::abs(dx) + std::abs(dy);
  return map_pixels(gray, [&](double level, int x, int y) {
    const double u = 2.0 * (x + 0.5) / gray.cols - 1.0;  // -1..1 across the page
    const double v = 2.0 * (y + 0.5) / gray.rows - 1.0;
    const double along = 0.5 + 0.5 * (u * dx + v * dy) / reach;  // 0 in the light, 1 in the dark
    const double corner = (u * u + v * v) / 2.0;
    const double fold = std::exp(-(u + 1.0) / 0.22);
    return level * (1.0 - strength.gradient * along) * (1.0 - strength.vignette * corner * corner) *
           (1.0 - strength.gutter * fold);
  });
}

}  // namespace ocrtune::examples
