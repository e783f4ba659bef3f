#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {
namespace {

/// Share of the pixel [at, at + 1) that a line around `center` covers.
double coverage(double at, double center, double thickness) {
  const double low = std::max(at, center - thickness / 2);
  const double high = std::min(at + 1.0, center + thickness / 2);
  return std::clamp(high - low, 0.0, 1.0);
}

/// Adds a line that crosses the whole page: position `from` at its start, `to` at its end.
void draw(cv::Mat& taken, bool is_row, double from, double to, const RuledLines& strength) {
  const int length = is_row ? taken.cols : taken.rows;
  const int across = is_row ? taken.rows : taken.cols;
  for (int i = 0; i < length; ++i) {
    const double center = from + (to - from) * (i + 0.5) / length;
    const int first = std::max(0, static_cast<int>(std::floor(center - strength.thickness_px)));
    const int last =
        std::min(across - 1, static_cast<int>(std::ceil(center + strength.thickness_px)));
    for (int j = first; j <= last; ++j) {
      float& pixel = is_row ? taken.at<float>(j, i) : taken.at<float>(i, j);
      const double share = strength.darkness * coverage(j, center, strength.thickness_px);
      pixel = std::max(pixel, static_cast<float>(share));
    }
  }
}

}  // namespace

cv::Mat degrade(const cv::Mat& gray, Random& random, const RuledLines& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  cv::Mat taken = cv::Mat::zeros(gray.size(), CV_32FC1);
  // Rulings are parallel to each other, but hardly ever to the page.
  const double slope = random.uniform(-0.0015, 0.0015);
  const double spacing = static_cast<double>(gray.rows) / std::max(1, strength.rows);
  const double phase = random.uniform(0.3, 0.7);
  for (int i = 0; i < strength.rows; ++i) {
    const double y = (i + phase) * spacing;
    draw(taken, true, y - slope * gray.cols / 2, y + slope * gray.cols / 2, strength);
  }
  for (int i = 0; i < strength.columns; ++i) {
    const double side = random.uniform(0.05, 0.2);
    const double x = (i % 2 == 0 ? side : 1.0 - side) * gray.cols;
    draw(taken, false, x + slope * gray.rows / 2, x - slope * gray.rows / 2, strength);
  }
  return take_light(gray, taken);
}

}  // namespace ocrtune::examples
