#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// A copy that is smaller by a factor: each pixel is the median of a square of `factor` pixels a
/// side, or of the part of it inside the image at the right and lower border; of an even number,
/// the darker of the two in the middle.
///
/// `gray`, here and below, is 8-bit, may have any size from 1 x 1, and may be a view, whose
/// surroundings are ignored. `factor` is from 1. Throws cv::Exception for anything else. These
/// functions are pure and thread-safe.
cv::Mat reduced_by_median(const cv::Mat& gray, int factor);

/// The copy enlarged to its original size, `size`, interpolated linearly between the squares'
/// centres.
cv::Mat enlarged(const cv::Mat& reduced, int factor, cv::Size size);

/// Estimates the paper around each pixel: the median of about `window` x `window` pixels, odd,
/// computed from reduced_by_median's copy, so as a median of medians.
cv::Mat median_paper(const cv::Mat& gray, int window);

/// Closing (Serra 1982) with a square of `window` pixels a side, odd: fills dark regions that do
/// not contain such a square up to the level of their surroundings. Pixels beyond the border are
/// ignored.
cv::Mat closed_by_square(const cv::Mat& gray, int window);

/// Rolling-ball background (Sternberg 1983): the surface under a ball that rolls over the page and
/// does not reach the bottom of narrow dark regions. It is the closing with the upper half of an
/// ellipsoid of `radius` pixels and `height` gray levels. It runs on reduced_by_median's copy, on
/// which its radius is at most 4 pixels.
cv::Mat under_rolling_ball(const cv::Mat& gray, int radius, double height);

/// The page divided by its paper, times 255: rounded to the nearest, a half to even, at most 255,
/// and 0 where the paper is 0. Both have the same size.
cv::Mat divided_by(const cv::Mat& gray, const cv::Mat& paper);

/// White minus the distance of each pixel from its paper: the median of `blur` x `blur` pixels of
/// the page dilated by a square of `dilate` a side, both odd, `blur` up to 255.
cv::Mat distance_from_paper(const cv::Mat& gray, int dilate, int blur);

}  // namespace ocrtune
