#include <array>
#include <numbers>

#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {
namespace {

/// A closed wavy line: 1 plus a few low harmonics of the angle.
class Wave {
 public:
  Wave(Random& random, double amplitude) {
    for (std::size_t i = 0; i < height_.size(); ++i) {
      height_[i] = random.uniform(0.3, 1.0) * amplitude / static_cast<double>(i + 1);
      phase_[i] = random.uniform(0.0, 2.0 * std::numbers::pi);
    }
  }

  [[nodiscard]] double at(double angle) const {
    double sum = 1.0;
    for (std::size_t i = 0; i < height_.size(); ++i) {
      sum += height_[i] * std::cos(static_cast<double>(i + 1) * angle + phase_[i]);
    }
    return sum;
  }

 private:
  std::array<double, 5> height_{}, phase_{};
};

/// One stain: its outline, its edge, and its interior.
struct Stain {
  double x = 0, y = 0, radius = 1;  // pixels
  double edge = 1;                  // pixels: half the width of the dark rim
  double fill = 0;                  // darkness inside, as a share of the rim's
  Wave outline, thickness;
};

/// Pigment collects at the rim of a drying puddle, with a little left inside.
void add(cv::Mat& taken, const Stain& stain, double darkness) {
  const double reach = 1.6 * stain.radius + 4 * stain.edge;
  const int left = std::max(0, static_cast<int>(stain.x - reach));
  const int right = std::min(taken.cols, static_cast<int>(stain.x + reach) + 1);
  const int top = std::max(0, static_cast<int>(stain.y - reach));
  const int bottom = std::min(taken.rows, static_cast<int>(stain.y + reach) + 1);
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const double angle = std::atan2(y - stain.y, x - stain.x);
      const double distance = std::hypot(x - stain.x, y - stain.y);
      const double inward = stain.radius * stain.outline.at(angle) - distance;
      const double wet = std::max(0.0, stain.thickness.at(angle));
      const double width = stain.edge * (inward > 0 ? 1.6 : 0.5);
      const double rim = wet * std::exp(-0.5 * (inward / width) * (inward / width));
      const double inside = stain.fill / (1.0 + std::exp(-3.0 * inward / stain.edge));
      const double share = darkness * std::min(1.0, rim + inside);
      float& pixel = taken.at<float>(y, x);
      pixel = static_cast<float>(1.0 - (1.0 - static_cast<double>(pixel)) * (1.0 - share));
    }
  }
}

}  // namespace

cv::Mat degrade(const cv::Mat& gray, Random& random, const Stains& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  cv::Mat taken = cv::Mat::zeros(gray.size(), CV_32FC1);
  const double base = std::max(1.0, strength.radius * gray.cols);
  const auto place = [&](double radius, double edge, double fill, double wavy) {
    const double x = random.uniform(0.1, 0.9) * gray.cols;
    const double y = random.uniform(0.1, 0.9) * gray.rows;
    const Wave outline(random, wavy);
    const Wave thickness(random, 0.55);
    add(taken, {x, y, radius, edge, fill, outline, thickness}, strength.darkness);
  };
  for (int i = 0; i < strength.rings; ++i) {
    // The foot of a cup is round; the coffee under it is unevenly spread.
    place(base * random.uniform(0.9, 1.1), std::max(0.5, 0.022 * base), 0.10, 0.01);
  }
  for (int i = 0; i < strength.blotches; ++i) {
    place(base * random.uniform(0.25, 0.8), std::max(0.5, 0.03 * base), 0.4, 0.22);
  }
  return take_light(gray, taken);
}

}  // namespace ocrtune::examples
