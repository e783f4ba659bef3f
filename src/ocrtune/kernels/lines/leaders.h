#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"

namespace ocrtune {

/// The distance between the marks of a leader that is usual at most, in heights of letters.
inline constexpr double kLeaderGap = 2.5;

/// The components of a page that are the dots of leaders, as in tables of contents and in forms:
/// small beside the page's letters, in a row of at least eight on one height, of one size, at equal
/// distances of at most `gap` heights of letters, with nothing above and below them. Indices in
/// ascending order; none without letters, or on a halftone. Pure; thread-safe.
std::vector<std::size_t> leaders_among(const std::vector<ComponentBox>& boxes, double gap);

/// The bounding boxes of leaders_among() the dark components of an 8-bit gray page. `gray` may have
/// any size from 1 x 1 and may be a view. Pure; thread-safe.
std::vector<cv::Rect> leader_marks(const cv::Mat& gray, double gap);

}  // namespace ocrtune
