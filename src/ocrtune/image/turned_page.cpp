#include "ocrtune/image/turned_page.h"

#include <opencv2/core.hpp>
#include <utility>

namespace ocrtune {
namespace {

cv::Mat turned(const cv::Mat& pixels, int turns) {
  if (pixels.empty() || turns == 0) return pixels;
  cv::Mat result;
  cv::rotate(pixels, result, cv::ROTATE_90_CLOCKWISE + turns - 1);
  return result;
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

}  // namespace ocrtune
