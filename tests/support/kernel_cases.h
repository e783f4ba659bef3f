#pragma once

#include <opencv2/core.hpp>

namespace ocrtune::test {

/// What a kernel's random image may hold; each is where another mistake shows.
enum Content { kNoise, kFlat, kBinary, kGradient, kSmooth, kScan, kLines, kContents };

/// An image of `content` (taken modulo kContents). Every fourth is a view into a larger one, with
/// an odd stride and pixels around it that a kernel must not look at.
cv::Mat kernel_image(cv::Size size, int content, cv::RNG& rng);

/// Mostly small, where the borders are; some a single row or column, some up to `most` pixels wide.
cv::Size kernel_size(int most, cv::RNG& rng);

/// Cases a kernel is compared with OpenCV on: 10,000 under `./test.sh full`, else a quarter; fewer
/// in sanitized builds.
int kernel_case_count();

}  // namespace ocrtune::test
