#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/devices/backend.h"
#include "ocrtune/devices/device.h"
#include "ocrtune/kernels/measure/gray_statistics.h"

namespace ocrtune {

/// An image as a kernel's argument: rows without gaps.
struct Plane {
  explicit Plane(const Pixels& pixels);

  const Device::Buffer* buffer;
  std::int32_t width;
  std::int32_t height;

  [[nodiscard]] WorkItems extent() const {
    return {static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
  }
  [[nodiscard]] std::size_t total() const { return extent()[0] * extent()[1]; }
  [[nodiscard]] cv::Size size() const { return {width, height}; }
};

/// Composes the kernels of a backend from those of devices/kernels, which a device runs.
class DeviceBackend final : public Backend {
 public:
  explicit DeviceBackend(std::unique_ptr<Device> device) : device_(std::move(device)) {}

  [[nodiscard]] const BackendInfo& info() const override { return device_->info(); }

  Pixels hold(const cv::Mat& gray) override;
  cv::Mat gray(const Pixels& pixels) override;
  void wait() override { device_->wait(); }
  ContentHash pixel_hash(const Pixels& pixels) override;

  Pixels line_mask(const Pixels& in, const LineSizes& sizes) override;
  Pixels without_lines(const Pixels& in, const LineSizes& sizes) override;
  Pixels divided_by_blur(const Pixels& in, int kernel) override;
  Pixels distance_from_paper(const Pixels& in, int dilate, int blur) override;
  Pixels stretched(const Pixels& in) override;
  Pixels equalised(const Pixels& in, double clip, int tiles) override;
  Pixels denoise_nlm(const Pixels& in, float h, int search) override;
  double laplacian_variance(const Pixels& in) override;
  Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c) override;

 private:
  /// A kernel's weights and source positions along one axis of an image.
  struct Taps {
    std::int32_t count;
    Device::BufferPtr weights;
    Device::BufferPtr source;
  };

  static Pixels pixels(Device::BufferPtr buffer, cv::Size size);

  template <typename T>
  Device::BufferPtr with(const T* values, std::size_t count) {
    Device::BufferPtr buffer = device_->room(count * sizeof(T));
    device_->write(*buffer, values, count * sizeof(T));
    return buffer;
  }
  template <typename Values>
  Device::BufferPtr with(const Values& values) {
    return with(values.data(), values.size());
  }

  template <typename Values>
  void fetch(const Device::Buffer& from, Values& to) {
    device_->read(from, to.data(), to.size() * sizeof(to[0]));
  }

  /// Some pixels of each.
  static constexpr WorkItems kBeside{64, 1};

  template <typename T>
  std::pair<T, T> sums_of(const char* kernel, const Plane& in);
  Histogram histogram(const Plane& in);
  Taps taps(const std::vector<std::int32_t>& weights, int length, int border);
  Device::BufferPtr weighed_down(const Plane& in, const Taps& taps);
  Pixels painted(const Plane& in, const LineSizes& sizes, bool only_lines);
  std::optional<Pixels> thresholded(const Plane& in, int block, int offset);
  void decide(const Plane& in, const std::vector<std::uint32_t>& listed, int block, int offset,
              const Device::Buffer& out);
  Device::BufferPtr lightest(const Plane& in, int reach);

  std::unique_ptr<Device> device_;
};

/// Source position of each position of a line and of `half` more on either side; `border` is
/// OpenCV's.
std::vector<std::int32_t> source_of(int length, int half, int border);

}  // namespace ocrtune
