#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

namespace ocrtune {

// OpenCV's imgcodecs depends on some hundred libraries in Debian (through GDAL), whose loading
// takes longer than most commands that decode no image. So it is not linked but loaded at the first
// call, unless it is a static library.

/// cv::imdecode: empty if the bytes are no image of a known format. `flags` are cv::ImreadModes.
/// Throws what OpenCV throws, and Error(dependency_missing) if imgcodecs can't be loaded.
/// Thread-safe.
cv::Mat decode_image(std::span<const std::byte> bytes, int flags);

/// cv::imencode: false if nothing was encoded. Throws as decode_image(). Thread-safe.
bool encode_image(const std::string& extension, const cv::Mat& image, std::vector<uchar>& bytes,
                  const std::vector<int>& parameters = {});

}  // namespace ocrtune
