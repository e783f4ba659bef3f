#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <vector>

namespace ocrtune {

/// The rows of a gray image of black and white as encoded by CCITT Group 4 (ITU-T T.6), white as
/// 0 bits; nothing if memory is short. Thread-safe.
std::optional<std::vector<std::byte>> group4_of(const cv::Mat& black_and_white);

}  // namespace ocrtune
