#include "ocrtune/kernels/filter/thicken.h"

#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "ocrtune/image/image.h"

namespace ocrtune {

namespace {

constexpr double kMax = 32;
constexpr int kOne = 256;  // of the weights for interpolation

/// Whether there is a pixel at the square root of this distance.
bool is_distance(int squared) {
  for (int x = 0; x * x <= squared; ++x) {
    const int rest = squared - x * x;
    const int y = static_cast<int>(std::lround(std::sqrt(rest)));
    if (y * y == rest) return true;
  }
  return false;
}

cv::Mat disc(int squared_radius) {
  const int radius = static_cast<int>(std::sqrt(squared_radius));
  cv::Mat inside(2 * radius + 1, 2 * radius + 1, CV_8UC1);
  for (int y = -radius; y <= radius; ++y) {
    for (int x = -radius; x <= radius; ++x) {
      inside.at<std::uint8_t>(y + radius, x + radius) = x * x + y * y <= squared_radius ? 1 : 0;
    }
  }
  return inside;
}

cv::Mat grown(const cv::Mat& page, int squared_radius, bool dark) {
  if (squared_radius == 0) return page;
  cv::Mat out;
  if (dark) {
    cv::erode(page, out, disc(squared_radius));
  } else {
    cv::dilate(page, out, disc(squared_radius));
  }
  return out;
}

}  // namespace

cv::Mat thickened(const cv::Mat& gray, double px) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1 && std::abs(px) <= kMax);
  const double radius = std::abs(px);
  int inner = static_cast<int>(radius * radius);
  while (!is_distance(inner)) --inner;
  int outer = inner + 1;
  while (!is_distance(outer)) ++outer;
  const double from = std::sqrt(inner);
  const double share = (radius - from) / (std::sqrt(outer) - from);
  const int weight = static_cast<int>(std::lround(kOne * share));
  if (inner == 0 && weight == 0) return gray;

  const cv::Mat page = standalone(gray);
  if (weight == 0) return grown(page, inner, px > 0);
  cv::Mat more = grown(page, outer, px > 0);
  if (weight == kOne) return more;
  const cv::Mat less = grown(page, inner, px > 0);
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    const std::uint8_t* a = less.ptr<std::uint8_t>(y);
    const std::uint8_t* b = more.ptr<std::uint8_t>(y);
    std::uint8_t* to = out.ptr<std::uint8_t>(y);
    for (int x = 0; x < gray.cols; ++x) {
      to[x] = static_cast<std::uint8_t>((a[x] * (kOne - weight) + b[x] * weight + kOne / 2) / kOne);
    }
  }
  return out;
}

}  // namespace ocrtune
