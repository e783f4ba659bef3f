#pragma once

#include <array>
#include <opencv2/core/mat.hpp>
#include <optional>

namespace ocrtune {

/// `bgr`, here and below, has 8 bits per channel, may have any size from 1 x 1, and may be a view.
/// Throws cv::Exception for another type of image. These functions are pure and thread-safe.

/// One of the channels, 0 blue, 1 green, 2 red.
cv::Mat channel_of(const cv::Mat& bgr, int channel);

/// The lightest or the darkest channel of each pixel.
cv::Mat lightest_channel(const cv::Mat& bgr);
cv::Mat darkest_channel(const cv::Mat& bgr);

/// The gray of the same lightness, L* of CIELAB, by the transfer curve and primaries of sRGB
/// (Anderson et al. 1996). Gray pixels are unchanged.
cv::Mat gray_of_lightness(const cv::Mat& bgr);

/// The direction in which the colours differ most (first principal component): the eigenvector of
/// their covariance with the largest eigenvalue, in 1/16384, of length 1. None if all pixels have
/// the same colour.
///
/// Its sign is such that it points to light: along the luma, or, if luma hardly differs along it,
/// so that most pixels, which are paper, lie above the mean.
std::optional<std::array<int, 3>> principal_direction(const cv::Mat& bgr);

/// The position of the colours along a direction, spread over 0 to 255 except for 1 pixel in 1000
/// at either end. `direction` is that of principal_direction. Empty if all have the same position.
cv::Mat gray_along(const cv::Mat& bgr, const std::array<int, 3>& direction);

}  // namespace ocrtune
