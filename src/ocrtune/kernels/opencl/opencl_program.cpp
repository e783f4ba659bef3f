#include "ocrtune/kernels/opencl/opencl_program.h"

#include <fmt/format.h>

#include "ocrtune/base/text.h"

namespace ocrtune {
OpenclProgram::OpenclProgram(const cv::ocl::Device& device) {
  const cv::ocl::Context context = cv::ocl::Context::fromDevice(device);
  if (context.empty()) throw DeviceError("it can't be opened");
  context_ = cv::ocl::OpenCLExecutionContext::create(context, context.device(0));
  const auto scope = here();
  cv::String log;
  program_ = cv::ocl::Context(context).getProg(
      cv::ocl::ProgramSource("ocrtune", "kernels", std::string(device_source()), ""), "", log);
  if (program_.empty()) {
    throw DeviceError(fmt::format("its compiler refuses the kernels: {}", quotable(log, 200)));
  }
}

}  // namespace ocrtune
