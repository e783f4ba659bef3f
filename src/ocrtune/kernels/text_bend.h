#pragma once

#include <opencv2/core/types.hpp>
#include <optional>
#include <vector>

#include "ocrtune/image/page_map.h"
#include "ocrtune/kernels/component_boxes.h"

namespace ocrtune {

/// How the lines of text of a page run.
struct TextBend {
  Bend bend;          ///< from places where all lines are level to those on the page
  double most = 0;    ///< how far text lies from where straight lines would have it, at most, in px
  double height = 0;  ///< median height of the letters, in px
};

/// The bend of the lines of text whose letters these are, on a page of `size`: one smooth surface
/// for all of them, fitted to the lower edges of the letters by least squares that leave descenders
/// out (Beaton and Tukey 1974). None where there are fewer than five lines of eight letters, or
/// where the letters don't lie on the surface. The same on every instruction set. Pure;
/// thread-safe.
std::optional<TextBend> text_bend(const std::vector<ComponentBox>& letters, const cv::Size& size);

}  // namespace ocrtune
