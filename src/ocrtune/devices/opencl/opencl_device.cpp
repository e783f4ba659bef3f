#include "ocrtune/devices/opencl/opencl_device.h"

#include <fmt/format.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <opencv2/core/ocl.hpp>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

struct OpenclBuffer : Device::Buffer {
  explicit OpenclBuffer(std::size_t bytes) : memory(1, static_cast<int>(bytes), CV_8UC1) {}
  cv::UMat memory;
};

const cv::UMat& memory_of(const Device::Buffer& buffer) {
  return dynamic_cast<const OpenclBuffer&>(buffer).memory;
}

cv::ocl::OpenCLExecutionContext opened(const cv::ocl::Device& device) {
  const cv::ocl::Context context = cv::ocl::Context::fromDevice(device);
  if (context.empty()) throw DeviceError(tr("it can't be opened"));
  return cv::ocl::OpenCLExecutionContext::create(context, context.device(0));
}

/// Uses OpenCV's runtime, which loads the driver at run time, so that none is needed for linking.
class OpenclQueue final : public Device {
 public:
  OpenclQueue(const cv::ocl::Device& device, BackendInfo info)
      : context_(opened(device)), info_(std::move(info)) {
    cv::String log;
    program_ = context_.getContext().getProg(
        cv::ocl::ProgramSource("ocrtune", "kernels", device_source(), ""), "", log);
    if (program_.empty()) {
      throw DeviceError(tr("its compiler rejects the kernels: {}", quotable(log, 200)));
    }
  }

  [[nodiscard]] const BackendInfo& info() const override { return info_; }

  BufferPtr room(std::size_t bytes) override {
    return here([&] { return std::make_shared<OpenclBuffer>(bytes); });
  }

  void write(Buffer& to, const void* from, std::size_t bytes) override {
    here([&] {
      // OpenCV has no matrices of constant data; the data is not modified.
      const cv::Mat there(1, static_cast<int>(bytes), CV_8UC1, const_cast<void*>(from));
      cv::UMat part = memory_of(to).colRange(0, there.cols);
      there.copyTo(part);
    });
  }

  void read(const Buffer& from, void* to, std::size_t bytes) override {
    here([&] {
      cv::Mat there(1, static_cast<int>(bytes), CV_8UC1, to);
      memory_of(from).colRange(0, there.cols).copyTo(there);
    });
  }

  void wait() override {
    here([] { cv::ocl::finish(); });
  }

  void run(const std::string& name, WorkItems items, WorkItems group,
           std::initializer_list<Argument> arguments) override {
    here([&] {
      cv::ocl::Kernel kernel(name.c_str(), program_);
      if (kernel.empty()) throw DeviceError(tr("there is no kernel ") + name);
      int place = 0;
      for (const Argument& argument : arguments) {
        place = std::visit([&](const auto& value) { return set(kernel, place, value); }, argument);
      }
      if (!kernel.run(2, items.data(), group.data(), false)) {
        throw DeviceError(tr("it failed at the kernel ") + name);
      }
    });
  }

 private:
  static int set(cv::ocl::Kernel& kernel, int place, const Buffer* buffer) {
    return kernel.set(place, cv::ocl::KernelArg::PtrReadWrite(memory_of(*buffer)));
  }

  template <typename Number>
  static int set(cv::ocl::Kernel& kernel, int place, Number number) {
    return kernel.set(place, number);
  }

  /// Runs work on the device; exceptions of OpenCV are then errors of the device.
  template <typename Work>
  auto here(const Work& work) -> decltype(work()) {
    try {
      const cv::ocl::OpenCLExecutionContextScope scope(own_queue());
      return work();
    } catch (const cv::Exception& error) {
      throw DeviceError(error.err);
    }
  }

  /// The device with a queue of this thread's own, so that threads do not wait for each other.
  const cv::ocl::OpenCLExecutionContext& own_queue() {
    thread_local std::map<std::uint64_t, cv::ocl::OpenCLExecutionContext> queues;
    const auto [place, is_new] = queues.try_emplace(number_);
    if (is_new) place->second = context_.cloneWithNewQueue();
    return place->second;
  }

  static std::uint64_t next_number() {
    static std::atomic<std::uint64_t> count{0};
    return count++;
  }

  cv::ocl::OpenCLExecutionContext context_;
  cv::ocl::Program program_;
  BackendInfo info_;
  std::uint64_t number_ = next_number();  // unlike its address, never reused
};

std::vector<cv::ocl::Device> all_devices() {
  std::vector<cv::ocl::PlatformInfo> platforms;
  try {
    cv::ocl::getPlatfomsInfo(platforms);
  } catch (const cv::Exception&) {
    return {};  // no OpenCL here, or it does not respond
  }
  std::vector<cv::ocl::Device> found;
  for (const cv::ocl::PlatformInfo& platform : platforms) {
    for (int i = 0; i < platform.deviceNumber(); ++i) {
      platform.getDevice(found.emplace_back(), i);
    }
  }
  return found;
}

BackendInfo info_of(const cv::ocl::Device& device, std::size_t number) {
  return {.name = fmt::format("opencl:{}", number),
          .description = fmt::format("{}, {}", device.name(), device.version()),
          .memory_bytes = device.globalMemSize()};
}

}  // namespace

std::vector<OpenclDevice> opencl_devices() {
  std::vector<OpenclDevice> list;
  for (const cv::ocl::Device& device : all_devices()) {
    list.push_back({.info = info_of(device, list.size()),
                    .is_processor = device.type() == cv::ocl::Device::TYPE_CPU});
  }
  return list;
}

std::unique_ptr<Device> open_opencl_device(std::size_t number) {
  const std::vector<cv::ocl::Device> all = all_devices();
  if (number >= all.size()) throw DeviceError(tr("no such OpenCL device"));
  return std::make_unique<OpenclQueue>(all[number], info_of(all[number], number));
}

}  // namespace ocrtune
