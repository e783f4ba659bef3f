#include "ocrtune/ocr/place_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ocrtune {
namespace {

cv::Point2d placed(const cv::Matx33d& to_page, double x, double y) {
  const cv::Vec3d place = to_page * cv::Vec3d(x, y, 1);
  return {place[0] / place[2], place[1] / place[2]};
}

/// A pixel's edge that a coordinate belongs to, which rounding may have moved by a trace.
int edge_before(double place, int end) {
  return static_cast<int>(std::clamp(std::floor(place + 1e-6), 0.0, static_cast<double>(end)));
}

int edge_behind(double place, int end) {
  return static_cast<int>(std::clamp(std::ceil(place - 1e-6), 0.0, static_cast<double>(end)));
}

}  // namespace

void place_words(Reading& reading, const cv::Matx33d& to_page, const cv::Size& page) {
  if (to_page == cv::Matx33d::eye() && reading.width == page.width && reading.height == page.height)
    return;
  reading.width = page.width;
  reading.height = page.height;
  for (Word& word : reading.words) {
    const std::array corners{
        placed(to_page, word.left, word.top), placed(to_page, word.right, word.top),
        placed(to_page, word.left, word.bottom), placed(to_page, word.right, word.bottom)};
    const auto [left, right] = std::ranges::minmax(corners, {}, &cv::Point2d::x);
    const auto [top, bottom] = std::ranges::minmax(corners, {}, &cv::Point2d::y);
    word.left = edge_before(left.x, page.width);
    word.right = edge_behind(right.x, page.width);
    word.top = edge_before(top.y, page.height);
    word.bottom = edge_behind(bottom.y, page.height);
  }
}

}  // namespace ocrtune
