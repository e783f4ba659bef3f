#include "support/images.h"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/random.h"

namespace ocrtune::test {

cv::Mat noise(int width, int height, std::uint64_t seed) {
  Random random(seed);
  cv::Mat image(height, width, CV_8UC1);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.at<uchar>(y, x) = static_cast<uchar>(random.integer(0, 255));
    }
  }
  return image;
}

cv::Mat coloured(int width, int height, std::uint64_t seed) {
  cv::Mat image;
  cv::merge(std::vector{noise(width, height, seed), noise(width, height, seed + 1),
                        noise(width, height, seed + 2)},
            image);
  return image;
}

cv::Mat scanned(int width, int height, std::uint64_t seed) {
  Random random(seed);
  cv::Mat image(height, width, CV_8UC1);
  const double slope_x = random.uniform(-60, 60) / width;
  const double slope_y = random.uniform(-60, 60) / height;
  const double deviation = random.uniform(0, 8);
  const double paper = random.uniform(170, 230);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double level = random.normal(paper + slope_x * x + slope_y * y, deviation);
      image.at<uchar>(y, x) = cv::saturate_cast<uchar>(level);
    }
  }
  for (int y = 20; y < height; y += 26) {
    cv::putText(image, "total 1,234.50 due", {random.integer(2, 12), y}, cv::FONT_HERSHEY_SIMPLEX,
                0.5, random.integer(10, 90), 1);
  }
  const int line_y = random.integer(0, height - 1);
  const int line_x = random.integer(0, width - 1);
  cv::line(image, {0, line_y}, {width - 1, line_y}, random.integer(0, 80), random.integer(1, 3));
  cv::line(image, {line_x, 0}, {line_x, height - 1}, random.integer(0, 80), random.integer(1, 3));
  return image;
}

cv::Mat rendered(const std::string& text) {
  int below = 0;
  const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, 1.5, 2, &below);
  cv::Mat image(size.height + 80, size.width + 80, CV_8UC1, cv::Scalar(255));
  cv::putText(image, text, {40, size.height + 36}, cv::FONT_HERSHEY_DUPLEX, 1.5, 0, 2, cv::LINE_AA);
  return image;
}

cv::Mat levels(std::initializer_list<uchar> values) {
  cv::Mat row(1, static_cast<int>(values.size()), CV_8UC1);
  std::ranges::copy(values, row.ptr());
  return row;
}

bool same_pixels(const cv::Mat& a, const cv::Mat& b) {
  if (a.size() != b.size() || a.type() != b.type()) return false;
  const std::size_t row_bytes = static_cast<std::size_t>(a.cols) * a.elemSize();
  for (int y = 0; y < a.rows; ++y) {
    if (!std::equal(a.ptr(y), a.ptr(y) + row_bytes, b.ptr(y))) return false;
  }
  return true;
}

cv::Mat as_part_of_larger(const cv::Mat& pixels) {
  cv::Mat larger = noise(pixels.cols + 17, pixels.rows + 9, 5);
  const cv::Mat part = larger(cv::Rect(6, 4, pixels.cols, pixels.rows));
  pixels.copyTo(part);
  return part;
}

}  // namespace ocrtune::test
