#include "ocrtune/documents/place_words.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace ocrtune {
namespace {

using Places = std::vector<cv::Point2d>;

/// Points around a box, in pairs from left to right; more than its corners, because a map may bend
/// its edges.
Places outline(const Word& word) {
  constexpr int kParts = 8;
  Places places;
  places.reserve(std::size_t{2} * (kParts + 1));
  for (int i = 0; i <= kParts; ++i) {
    const double x = word.left + (word.right - word.left) * i / static_cast<double>(kParts);
    places.emplace_back(x, word.top);
    places.emplace_back(x, word.bottom);
  }
  return places;
}

/// Whether an outline is still an upright box, perhaps turned by 90 degrees, to within half a px.
bool is_upright(const Places& outline) {
  const auto parts_along = [&](auto coordinate) {
    for (std::size_t edge = 0; edge < 2; ++edge) {
      const double first = std::invoke(coordinate, outline[edge]);
      for (std::size_t i = edge; i < outline.size(); i += 2) {
        if (std::abs(std::invoke(coordinate, outline[i]) - first) > 0.5) return true;
      }
    }
    return false;
  };
  const auto parts_across = [&](auto coordinate) {
    const auto part = [&](std::size_t a, std::size_t b) {
      return std::abs(std::invoke(coordinate, outline[a]) - std::invoke(coordinate, outline[b]));
    };
    return part(0, 1) > 0.5 || part(outline.size() - 2, outline.size() - 1) > 0.5;
  };
  return (!parts_along(&cv::Point2d::y) && !parts_across(&cv::Point2d::x)) ||
         (!parts_along(&cv::Point2d::x) && !parts_across(&cv::Point2d::y));
}

/// The ink (255) in a box: the side of Otsu's threshold opposite to most of the frame around it,
/// since the box itself may be full of ink.
cv::Mat ink_mask(const cv::Mat& gray, const cv::Rect& box) {
  constexpr int kFrame = 2;
  const cv::Rect framed =
      cv::Rect(box.x - kFrame, box.y - kFrame, box.width + 2 * kFrame, box.height + 2 * kFrame) &
      cv::Rect({0, 0}, gray.size());
  cv::Mat dark;
  cv::threshold(gray(framed), dark, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  cv::Mat inside = dark(box - framed.tl());
  const auto frame = static_cast<int>(dark.total() - inside.total());
  if (2 * (cv::countNonZero(dark) - cv::countNonZero(inside)) > frame) return 255 - inside;
  return inside;
}

/// The corners of the highest and the lowest pixel of ink in every column of a box: they enclose
/// its ink also after mapping. Empty if there is none.
Places ink(const Word& word, const cv::Mat& gray) {
  const cv::Rect box =
      cv::Rect(word.left, word.top, word.right - word.left, word.bottom - word.top) &
      cv::Rect({0, 0}, gray.size());
  if (box.empty()) return {};
  const cv::Mat mask = ink_mask(gray, box);
  Places places;
  for (int x = 0; x < mask.cols; ++x) {
    int top = 0;
    int bottom = mask.rows;
    while (top < bottom && mask.at<uchar>(top, x) == 0) ++top;
    while (bottom > top && mask.at<uchar>(bottom - 1, x) == 0) --bottom;
    if (top == bottom) continue;
    for (const int side : {box.x + x, box.x + x + 1}) {
      places.emplace_back(side, box.y + top);
      places.emplace_back(side, box.y + bottom);
    }
  }
  return places;
}

Places moved(Places places, const PageMap& map) {
  for (cv::Point2d& place : places) place = map(place);
  return places;
}

/// The pixel edge of a coordinate, which a rounding error may have shifted slightly.
int edge_before(double place, int end) {
  return static_cast<int>(std::clamp(std::floor(place + 1e-6), 0.0, static_cast<double>(end)));
}

int edge_behind(double place, int end) {
  return static_cast<int>(std::clamp(std::ceil(place - 1e-6), 0.0, static_cast<double>(end)));
}

}  // namespace

void place_words(OcrResult& ocr_result, const Image& image, const cv::Size& page) {
  if (image.to_page.is_identity() && ocr_result.width == page.width &&
      ocr_result.height == page.height)
    return;
  ocr_result.width = page.width;
  ocr_result.height = page.height;
  for (Word& word : ocr_result.words) {
    Places places = moved(outline(word), image.to_page);
    if (!is_upright(places)) {
      const Places of_ink = ink(word, image.gray);
      if (!of_ink.empty()) places = moved(of_ink, image.to_page);
    }
    const auto [left, right] = std::ranges::minmax(places, {}, &cv::Point2d::x);
    const auto [top, bottom] = std::ranges::minmax(places, {}, &cv::Point2d::y);
    word.left = edge_before(left.x, page.width);
    word.right = edge_behind(right.x, page.width);
    word.top = edge_before(top.y, page.height);
    word.bottom = edge_behind(bottom.y, page.height);
  }
}

}  // namespace ocrtune
