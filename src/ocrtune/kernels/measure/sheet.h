#pragma once

#include <array>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <optional>

namespace ocrtune {

/// Corners between pixels, clockwise from the upper left one, in 1/64 px.
using Corners = std::array<cv::Point2d, 4>;

/// Enclosed area.
double area_of(const Corners& corners);

/// The corners of the one light sheet on darker ground in an 8-bit gray photograph; none if that is
/// uncertain. The sheet is the largest light component by Otsu's threshold (Otsu 1979) on a reduced
/// page without its print. Its outline must consist of four straight sides, none of them the
/// photograph's own edge, and enclose about its own area; lines are fitted to the sides, and their
/// intersections are the corners. The ground beside the sheet must be considerably darker.
///
/// `gray` may have any size from 1 x 1 and may be a view. Throws cv::Exception for another type of
/// image. Pure; thread-safe.
std::optional<Corners> sheet_corners(const cv::Mat& gray);

}  // namespace ocrtune
