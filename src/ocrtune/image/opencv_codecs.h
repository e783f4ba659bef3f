#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace ocrtune {

/// cv::imdecode and cv::imencode. OpenCV's imgcodecs depends on some hundred libraries in Debian
/// (through GDAL), whose loading takes longer than most commands that decode no image. So it is not
/// linked but loaded at the first call, unless it is a static library or ocrtune is.
///
/// Both throw what OpenCV's functions throw, and Error(dependency_missing) if the library can't be
/// loaded. Thread-safe.

/// cv::imdecode(buffer, flags): empty if the bytes are no image of a known format.
cv::Mat decode_image(const cv::Mat& buffer, int flags);

/// cv::imencode(extension, image, bytes, parameters): false if nothing was encoded.
bool encode_image(const std::string& extension, const cv::Mat& image, std::vector<uchar>& bytes,
                  const std::vector<int>& parameters = {});

}  // namespace ocrtune
