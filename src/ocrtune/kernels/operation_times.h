#pragma once

#include <atomic>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "ocrtune/kernels/backend.h"

namespace ocrtune {

/// What an operation of a backend takes, milliseconds: the median of some runs, one after the
/// other from one thread.
struct OperationTime {
  std::string operation;    ///< with its arguments
  double ms = 0;            ///< on pixels that the backend holds already
  double transfers_ms = 0;  ///< to bring the page there and the outcome back
};

/// Of each kernel that stages are written over, as the presets `standard` and `blur_clahe` call it.
/// At least 3 runs each, and more while they are done in `seconds`. Where `stop` becomes true, it
/// ends with those measured so far. Throws DeviceError.
std::vector<OperationTime> operation_times(Backend& backend, const cv::Mat& gray, double seconds,
                                           const std::atomic<bool>& stop);

/// A page of that size as scanners give them, of nothing but noise, lines and spots: kernels take
/// as long for it as for a real one. Pure.
cv::Mat page_to_measure(cv::Size size);

}  // namespace ocrtune
