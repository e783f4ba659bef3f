#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {

cv::Mat degrade(const cv::Mat& gray, Random& random, const SaltAndPepper& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  cv::Mat out = gray.clone();
  const int side = std::max(1, static_cast<int>(std::lround(strength.size_px)));
  const cv::Rect page(0, 0, gray.cols, gray.rows);
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      if (random.chance(strength.share)) {
        const bool is_black = random.chance(strength.pepper);
        const double level = gray.at<unsigned char>(y, x);
        const double to = is_black ? 0.0 : 255.0;
        out(cv::Rect(x, y, side, side) & page)
            .setTo(cv::Scalar(to_gray(level + strength.contrast * (to - level))));
      }
    }
  }
  return out;
}

cv::Mat degrade(const cv::Mat& gray, Random& random, const GaussianNoise& strength) {
  return map_pixels(gray, [&](double level, int /*x*/, int /*y*/) {
    return level + random.normal(0.0, strength.deviation);
  });
}

}  // namespace ocrtune::examples
