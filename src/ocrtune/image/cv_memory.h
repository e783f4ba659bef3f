#pragma once

#include <exception>
#include <new>
#include <opencv2/core.hpp>

namespace ocrtune {

/// Throws std::bad_alloc if OpenCV's exception says that memory ran out. Thread-safe.
inline void check_memory(const std::exception& error) {
  const auto* of_opencv = dynamic_cast<const cv::Exception*>(&error);
  if (of_opencv != nullptr && of_opencv->code == cv::Error::StsNoMem) throw std::bad_alloc();
}

}  // namespace ocrtune
