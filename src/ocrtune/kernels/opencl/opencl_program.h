#pragma once

#include <array>
#include <cstddef>
#include <opencv2/core/ocl.hpp>
#include <string>
#include <string_view>

#include "ocrtune/kernels/backend.h"

namespace ocrtune {

/// Work-items beside and below each other.
using Extent = std::array<std::size_t, 2>;

/// The kernels of kernels/device, as OpenCL C.
std::string_view device_source();

/// The kernels of kernels/device on one OpenCL device. Thread-safe, but for the constructor.
class OpenclProgram {
 public:
  /// Compiles them. Throws DeviceError with the compiler's first line.
  explicit OpenclProgram(const cv::ocl::Device& device);

  /// While it lives, OpenCV works on the device in this thread.
  [[nodiscard]] cv::ocl::OpenCLExecutionContextScope here() const {
    return cv::ocl::OpenCLExecutionContextScope(context_);
  }

  /// Starts a kernel for at least `items` work-items in groups of `group`; those that ask for more
  /// come after it. Throws DeviceError.
  template <typename... Arguments>
  void run(const char* name, Extent items, Extent group, const Arguments&... arguments) {
    cv::ocl::Kernel kernel(name, program_);
    if (kernel.empty()) throw DeviceError(std::string("the device has no kernel ") + name);
    kernel.args(arguments...);
    if (!kernel.run(2, items.data(), group.data(), false)) {
      throw DeviceError(std::string("the device failed at ") + name);
    }
  }

 private:
  cv::ocl::OpenCLExecutionContext context_;
  cv::ocl::Program program_;
};

}  // namespace ocrtune
