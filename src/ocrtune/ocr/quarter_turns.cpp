#include "ocrtune/ocr/quarter_turns.h"

#include <opencv2/core.hpp>
#include <utility>

#include "ocrtune/ocr/box.h"

namespace ocrtune {
namespace {

cv::Mat turned(const cv::Mat& pixels, int turns) {
  if (pixels.empty() || turns == 0) return pixels;
  cv::Mat result;
  cv::rotate(pixels, result, cv::ROTATE_90_CLOCKWISE + turns - 1);
  return result;
}

/// One rotation by 90 degrees counterclockwise.
void turn_back_once(OcrResult& reading) {
  for (Word& word : reading.words) {
    if (!has_box(word)) continue;
    const Word before = word;
    word.left = before.top;
    word.right = before.bottom;
    word.top = reading.width - before.right;
    word.bottom = reading.width - before.left;
  }
  std::swap(reading.width, reading.height);
}

}  // namespace

Image turned_clockwise(const Image& page, int turns) {
  Image result{.gray = turned(page.gray, turns),
               .dpi = page.dpi,
               .to_page = {},
               .colour = turned(page.colour, turns),
               .held = {}};
  if (turns % 2 == 1) std::swap(result.dpi.x, result.dpi.y);
  return result;
}

void turn_back(OcrResult& reading, int turns) {
  for (int i = 0; i < turns; ++i) turn_back_once(reading);
}

}  // namespace ocrtune
