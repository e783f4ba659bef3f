#include <opencv2/imgproc.hpp>

#include "pages/degrade.h"
#include "pages/light.h"

namespace ocrtune::examples {
namespace {

/// Smooth random numbers, about normal with mean 0 and deviation 1, in patches of about
/// `patch_px` pixels.
cv::Mat patches(const cv::Size& size, double patch_px, Random& random) {
  const int cols = std::max(2, static_cast<int>(std::ceil(size.width / patch_px)) + 1);
  const int rows = std::max(2, static_cast<int>(std::ceil(size.height / patch_px)) + 1);
  cv::Mat coarse(rows, cols, CV_32FC1);
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < cols; ++x) {
      coarse.at<float>(y, x) = static_cast<float>(random.normal(0.0, 1.0));
    }
  }
  cv::Mat fine;
  cv::resize(coarse, fine, size, 0, 0, cv::INTER_CUBIC);
  return fine;
}

}  // namespace

cv::Mat degrade(const cv::Mat& gray, Random& random, const Paper& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  const cv::Mat fibres = patches(gray.size(), 2.0, random);
  const cv::Mat clouds = patches(gray.size(), 60.0, random);
  return map_pixels(gray, [&](double level, int x, int y) {
    const double tone = strength.black + (strength.white - strength.black) * level / 255.0;
    const auto texture = static_cast<double>(fibres.at<float>(y, x) + clouds.at<float>(y, x));
    return tone + 0.7 * strength.grain * texture;
  });
}

cv::Mat degrade(const cv::Mat& gray, Random& random, const Fading& strength) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  const cv::Mat large = patches(gray.size(), strength.patch_px, random);
  const cv::Mat small = patches(gray.size(), std::max(1.0, strength.patch_px / 12.0), random);
  return map_pixels(gray, [&](double level, int x, int y) {
    const auto field =
        static_cast<double>(0.7F * large.at<float>(y, x) + 0.5F * small.at<float>(y, x));
    const double worn = strength.loss / (1.0 + std::exp(-2.5 * field));
    return 255.0 - (255.0 - level) * (1.0 - worn);
  });
}

}  // namespace ocrtune::examples
