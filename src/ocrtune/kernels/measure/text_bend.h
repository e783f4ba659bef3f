#pragma once

#include <opencv2/core/types.hpp>
#include <optional>
#include <vector>

#include "ocrtune/image/page_map.h"
#include "ocrtune/kernels/measure/component_boxes.h"

namespace ocrtune {

/// Curvature of the text lines of a page.
struct TextBend {
  Bend bend;          ///< from positions on a page with level lines to those on this page
  double most = 0;    ///< greatest vertical distance of text from straight lines, in px
  double height = 0;  ///< median height of the letters, in px
};

/// The bend of the text lines of these letters, on a page of `size`: one smooth surface for all of
/// them, fitted to the lower edges of the letters by robust least squares that exclude descenders
/// (Beaton and Tukey 1974). None if there are fewer than five lines of eight letters, or if the
/// letters do not lie on the surface. The same on every instruction set. Pure; thread-safe.
std::optional<TextBend> text_bend(const std::vector<ComponentBox>& letters, const cv::Size& size);

}  // namespace ocrtune
