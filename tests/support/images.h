#pragma once

#include <cstdint>
#include <initializer_list>
#include <opencv2/core/mat.hpp>
#include <string>

#include "ocrtune/image/image.h"

namespace ocrtune::test {

/// Independent uniform gray levels.
cv::Mat noise(int width, int height, std::uint64_t seed);

/// The same of each of three channels.
cv::Mat coloured(int width, int height, std::uint64_t seed);

/// Uneven paper with text, ruled lines and noise: something for every stage to do.
cv::Mat scanned(int width, int height, std::uint64_t seed);

/// Black text on white, one line, big enough for Tesseract to read without fault.
cv::Mat rendered(const std::string& text);

/// One row of these gray levels.
cv::Mat levels(std::initializer_list<uchar> values);

/// Same size, type and pixels.
bool same_pixels(const cv::Mat& a, const cv::Mat& b);

/// The pixels as a view into a larger image whose other pixels are noise.
cv::Mat as_part_of_larger(const cv::Mat& pixels);

}  // namespace ocrtune::test
