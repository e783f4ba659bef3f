#pragma once

#include <array>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <optional>

namespace ocrtune {

/// Corners between pixels, from the upper left one clockwise, in 1/64 px.
using Corners = std::array<cv::Point2d, 4>;

/// Area inside.
double area_of(const Corners& corners);

/// The corners of the one light sheet on darker ground that an 8-bit gray photograph shows; none
/// where that isn't sure. The sheet is the largest light component by Otsu's threshold (Otsu 1979)
/// on a reduced page without its print. Its outline must be four straight sides, none of them the
/// photograph's own edge, about as large as what it encloses; lines are fitted to them, and meet in
/// the corners. The ground next to it must be darker by a good deal.
///
/// `gray` may have any size from 1 x 1 and may be a view. Throws cv::Exception for another type of
/// image. Pure; thread-safe.
std::optional<Corners> sheet_corners(const cv::Mat& gray);

}  // namespace ocrtune
