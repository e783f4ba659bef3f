#pragma once

#include <opencv2/core/mat.hpp>
#include <span>

#include "ocrtune/ocr/line_box.h"

namespace ocrtune::ppocr {

/// Height of the images that the recognition network takes, px.
inline constexpr int kLineHeight = 48;
/// The network's output has a row for each so many px of width.
inline constexpr int kStep = 8;
/// Longer lines are compressed to it.
inline constexpr int kMaxLineWidth = 2048;

/// The width, px, at which a line of this box has the height kLineHeight.
int line_width(const LineBox& box);

/// The smallest width for which networks are prepared that a line of this width fits into.
int width_bucket(int width);

/// The pixels of a box, upright and kLineHeight high, `width` wide: bilinear, and averaged over the
/// area of a pixel where it is made smaller. Beyond the image, its border is repeated.
cv::Mat line_image(const cv::Mat& gray, const LineBox& box, int width);

/// Fills the network's input, three planes of `width` columns: the line, and zeros behind it.
void fill_line_input(std::span<float> planes, const cv::Mat& line, int width);

}  // namespace ocrtune::ppocr
