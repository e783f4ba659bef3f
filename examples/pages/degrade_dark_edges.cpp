#include <array>

#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {

cv::Mat degrade(const cv::Mat& gray, Random& random, const DarkEdges& strength) {
  // Widths at both ends of the left, right, upper and lower strip: sheets are slightly rotated.
  std::array<double, 4> from{};
  std::array<double, 4> to{};
  for (std::size_t side = 0; side < from.size(); ++side) {
    const bool is_seen = side == 0 || random.chance(0.6);
    const double width = is_seen ? strength.width * gray.cols * random.uniform(0.5, 1.0) : 0.0;
    from[side] = width * random.uniform(0.75, 1.0);
    to[side] = width * random.uniform(0.75, 1.0);
  }
  return map_pixels(gray, [&](double level, int x, int y) {
    const double u = (x + 0.5) / gray.cols;
    const double v = (y + 0.5) / gray.rows;
    const auto strip = [&](std::size_t side, double along) {
      return from[side] + (to[side] - from[side]) * along;
    };
    // Depth of the pixel in a strip, in pixels: the rim is soft, two pixels wide.
    const double depth = std::max({strip(0, v) - (x + 0.5), strip(1, v) - (gray.cols - x - 0.5),
                                   strip(2, u) - (y + 0.5), strip(3, u) - (gray.rows - y - 0.5)});
    return level * (1.0 - strength.darkness * std::clamp(depth / 2.0, 0.0, 1.0));
  });
}

}  // namespace ocrtune::examples
