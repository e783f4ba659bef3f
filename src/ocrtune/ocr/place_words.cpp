#include "ocrtune/ocr/place_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace ocrtune {
namespace {

/// Places around a box; more than its corners, because a map may bend its edges.
std::vector<cv::Point2d> outline(const Word& word) {
  constexpr int kParts = 8;
  std::vector<cv::Point2d> places;
  places.reserve(std::size_t{2} * (kParts + 1));
  for (int i = 0; i <= kParts; ++i) {
    const double x = word.left + (word.right - word.left) * i / static_cast<double>(kParts);
    places.emplace_back(x, word.top);
    places.emplace_back(x, word.bottom);
  }
  return places;
}

/// A pixel's edge that a coordinate belongs to, which rounding may have moved by a trace.
int edge_before(double place, int end) {
  return static_cast<int>(std::clamp(std::floor(place + 1e-6), 0.0, static_cast<double>(end)));
}

int edge_behind(double place, int end) {
  return static_cast<int>(std::clamp(std::ceil(place - 1e-6), 0.0, static_cast<double>(end)));
}

}  // namespace

void place_words(Reading& reading, const PageMap& to_page, const cv::Size& page) {
  if (to_page.is_identity() && reading.width == page.width && reading.height == page.height) return;
  reading.width = page.width;
  reading.height = page.height;
  for (Word& word : reading.words) {
    std::vector<cv::Point2d> places = outline(word);
    for (cv::Point2d& place : places) place = to_page(place);
    const auto [left, right] = std::ranges::minmax(places, {}, &cv::Point2d::x);
    const auto [top, bottom] = std::ranges::minmax(places, {}, &cv::Point2d::y);
    word.left = edge_before(left.x, page.width);
    word.right = edge_behind(right.x, page.width);
    word.top = edge_before(top.y, page.height);
    word.bottom = edge_behind(bottom.y, page.height);
  }
}

}  // namespace ocrtune
