#pragma once

#include <filesystem>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

namespace ocrtune::examples {

using Bytes = std::vector<unsigned char>;

/// A PNG of an 8-bit gray or BGR image that states its resolution (1..100000 dpi).
Bytes encode_png(const cv::Mat& pixels, double dpi);

/// A JPEG of an 8-bit gray image, quality 0..100, that states its resolution (1..65535 dpi).
Bytes encode_jpeg(const cv::Mat& gray, int quality, double dpi);

/// Writes a file atomically: under another name in the same folder first, then renamed. Throws
/// PagesError and leaves no file behind on failure.
void write_file(const std::filesystem::path& path, std::span<const unsigned char> bytes);

}  // namespace ocrtune::examples
