#include "ocrtune/ocr/line_box.h"

#include <algorithm>

namespace ocrtune {

cv::Rect2d LineBox::bounds() const {
  const std::array<cv::Point2d, 4> all = corners();
  const auto [left, right] = std::ranges::minmax(all, {}, &cv::Point2d::x);
  const auto [top, bottom] = std::ranges::minmax(all, {}, &cv::Point2d::y);
  return {left.x, top.y, right.x - left.x, bottom.y - top.y};
}

LineBox LineBox::part(double left, double right) const {
  LineBox box = *this;
  box.centre += along * (((left + right) / 2 - 0.5) * length);
  box.length = (right - left) * length;
  return box;
}

}  // namespace ocrtune
