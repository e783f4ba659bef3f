#pragma once

#include <cstddef>
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocrtune/ocr/line_box.h"

namespace ocrtune::columns {

/// A text line on the page as if the page were not skewed, px.
struct PlacedLine {
  std::size_t index = 0;  ///< among the lines that were given
  double x = 0;           ///< its middle
  double y = 0;
  double left = 0;
  double right = 0;
  double height = 0;
  cv::Rect2d bounds;  ///< on the page as it is

  [[nodiscard]] double top() const { return y - height / 2; }
  [[nodiscard]] double bottom() const { return y + height / 2; }
};

/// The median slope of the longer lines: how much y grows with x. 0 without any. Pure.
double page_slope(const std::vector<LineBox>& lines);

/// Lines in their order, as if the page_slope() were 0. Pure.
std::vector<PlacedLine> placed_lines(const std::vector<LineBox>& lines);

}  // namespace ocrtune::columns
