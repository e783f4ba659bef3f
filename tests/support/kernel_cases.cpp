#include "support/kernel_cases.h"

#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "support/repetitions.h"
#include "support/sanitized.h"

namespace ocrtune::test {
namespace {

cv::Mat gradient(cv::Size size, cv::RNG& rng) {
  const int step_x = rng.uniform(-6, 7);
  const int step_y = rng.uniform(-6, 7);
  cv::Mat image(size, CV_8UC1);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      image.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(x * step_x + y * step_y);
    }
  }
  return image;
}

cv::Mat scan(cv::Size size, cv::RNG& rng) {
  cv::Mat ink(size, CV_8UC1);
  rng.fill(ink, cv::RNG::UNIFORM, 0, 256);
  cv::blur(ink, ink, {3, 3});
  cv::Mat image(size, CV_8UC1);
  rng.fill(image, cv::RNG::NORMAL, 230, rng.uniform(1, 30));
  image.setTo(20, ink < 90);
  return image;
}

cv::Mat ruled(cv::Size size, cv::RNG& rng) {
  cv::Mat image = scan(size, rng);
  for (int line = rng.uniform(1, 8); line > 0; --line) {
    const cv::Point from(rng.uniform(0, size.width), rng.uniform(0, size.height));
    const bool across = rng.uniform(0, 2) == 0;
    const cv::Point to = across ? cv::Point(rng.uniform(0, size.width), from.y)
                                : cv::Point(from.x, rng.uniform(0, size.height));
    cv::line(image, from, to, rng.uniform(0, 120), rng.uniform(1, 4));
  }
  return image;
}

cv::Mat contents(cv::Size size, int content, cv::RNG& rng) {
  cv::Mat image(size, CV_8UC1);
  rng.fill(image, cv::RNG::UNIFORM, 0, 256);
  switch (content % kContents) {
    case kFlat:
      image.setTo(rng.uniform(0, 256));
      return image;
    case kBinary:
      cv::threshold(image, image, rng.uniform(0, 255), 255, cv::THRESH_BINARY);
      return image;
    case kGradient:
      return gradient(size, rng);
    case kSmooth:
      cv::GaussianBlur(image, image, {}, rng.uniform(0.5, 4.0));
      return image;
    case kScan:
      return scan(size, rng);
    case kLines:
      return ruled(size, rng);
    default:
      return image;
  }
}

}  // namespace

cv::Mat kernel_image(cv::Size size, int content, cv::RNG& rng) {
  const cv::Mat image = contents(size, content, rng);
  if (rng.uniform(0, 4) != 0) return image;
  const int left = rng.uniform(0, 9);
  const int top = rng.uniform(0, 3);
  cv::Mat around(size.height + top + rng.uniform(0, 3), size.width + left + rng.uniform(0, 70),
                 CV_8UC1);
  rng.fill(around, cv::RNG::UNIFORM, 0, 256);
  cv::Mat view = around({left, top, size.width, size.height});
  image.copyTo(view);
  return view;
}

cv::Size kernel_size(int most, cv::RNG& rng) {
  const int limit = rng.uniform(0, 12) == 0 ? most : 33;
  cv::Size size(rng.uniform(1, limit + 1), rng.uniform(1, limit + 1));
  switch (rng.uniform(0, 24)) {
    case 0:
      size.width = 1;
      break;
    case 1:
      size.height = 1;
      break;
    default:
      break;
  }
  return size;
}

int kernel_case_count() { return repetitions(is_sanitized() ? 300 : 10'000, 2'500, 100); }

}  // namespace ocrtune::test
