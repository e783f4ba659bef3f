#pragma once

#include <opencv2/core.hpp>

#include "ocrtune/image/page_map.h"

namespace ocrtune::test {

/// 900 x 600 px of paper (level 230) with 18 lines of dark text, letters some 9 to 17 px tall that
/// stand apart.
cv::Mat prose();

/// What is at a place of the page goes to where the homography, between corners of pixels, says;
/// `ground` fills the rest.
cv::Mat seen_through(const cv::Mat& page, const cv::Matx33d& to_view, cv::Size size, int ground);

/// Turned about its middle, clockwise for angles above 0; paper around.
cv::Mat turned(const cv::Mat& page, double degrees);

/// How far the letters of `out` lie, by `to_page`, from letters of `page`: the 95th percentile of
/// the distances of their middles, in px of the page.
double misplacement(const cv::Mat& out, const cv::Mat& page, const PageMap& to_page);

}  // namespace ocrtune::test
