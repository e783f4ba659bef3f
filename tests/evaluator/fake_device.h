#pragma once

#include <atomic>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/backend.h"

namespace ocrtune::test {

/// How a device is to fail, and how often it was asked for anything.
struct Fate {
  std::atomic<int> asked{0};
  std::atomic<int> brought{0};       // images from the device
  std::atomic<int> fails_from{1 << 30};
  std::atomic<int> fails_to{1 << 30};
};

/// The processors' kernels as those of a device: it holds pixels of its own, and fails when told.
class FakeDevice final : public Backend {
 public:
  explicit FakeDevice(Fate& fate) : fate_(fate) {}

  [[nodiscard]] const BackendInfo& info() const override {
    static const BackendInfo kInfo{
        .name = "fake", .description = "a fake", .memory_bytes = 400'000'000};
    return kInfo;
  }

  Pixels hold(const cv::Mat& gray) override {
    work();
    return Backend::hold(gray.clone());
  }
  cv::Mat gray(const Pixels& pixels) override {
    work();
    ++fate_.brought;
    return Backend::gray(pixels).clone();
  }
  ContentHash pixel_hash(const Pixels& pixels) override {
    work();
    return content_hash("fake " + ocrtune::pixel_hash(Backend::gray(pixels)).text());
  }
  Pixels without_lines(const Pixels& in, const LineSizes& sizes) override {
    work();
    return Backend::hold(cpu_backend().gray(cpu_backend().without_lines(in, sizes)));
  }
  Pixels divided_by_blur(const Pixels& in, int kernel) override {
    work();
    return Backend::hold(cpu_backend().gray(cpu_backend().divided_by_blur(in, kernel)));
  }
  Pixels denoise_nlm(const Pixels& in, float h, int search) override {
    work();
    return Backend::hold(cpu_backend().gray(cpu_backend().denoise_nlm(in, h, search)));
  }
  double laplacian_variance(const Pixels& in) override {
    work();
    return cpu_backend().laplacian_variance(in);
  }
  Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c) override {
    work();
    return Backend::hold(
        cpu_backend().gray(cpu_backend().adaptive_threshold_gaussian(in, block, c)));
  }

 private:
  void work() {
    const int number = fate_.asked++;
    if (number >= fate_.fails_from && number < fate_.fails_to) throw DeviceError("it is gone");
  }

  Fate& fate_;
};

}  // namespace ocrtune::test
