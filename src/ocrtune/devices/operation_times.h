#pragma once

#include <atomic>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "ocrtune/devices/backend.h"

namespace ocrtune {

/// Running time of an operation of a backend in milliseconds: the median of several runs, one after
/// the other from one thread.
struct OperationTime {
  std::string operation;    ///< with its arguments
  double ms = 0;            ///< on pixels that the backend already holds
  double transfers_ms = 0;  ///< to copy the page to the device and the result back
};

/// Times each kernel that stages are written over, with the arguments that the presets `standard`
/// and `blur_clahe` use. At least 3 runs each, and more as long as they end within `seconds`. If
/// `stop` becomes true, returns what was measured so far. Throws DeviceError.
std::vector<OperationTime> operation_times(Backend& backend, const cv::Mat& gray, double seconds,
                                           const std::atomic<bool>& stop);

/// A synthetic page of that size with noise, lines and spots; kernels take as long for it as for a
/// scanned page. Pure.
cv::Mat page_to_measure(cv::Size size);

}  // namespace ocrtune
