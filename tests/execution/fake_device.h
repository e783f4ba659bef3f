#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>
#include <utility>

#include "ocrtune/devices/backend.h"
#include "ocrtune/image/image.h"

namespace ocrtune::test {

/// How a device is to fail or hang, and how often it was asked for anything.
struct Fate {
  std::atomic<int> asked{0};
  std::atomic<int> brought{0};  // images from the device
  std::atomic<int> fails_from{1 << 30};
  std::atomic<int> fails_to{1 << 30};
  std::atomic<bool> hangs{false};
};

/// The processors' kernels as those of a device: it holds pixels of its own, and fails when told.
/// Pixels of another one are a std::logic_error.
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
    return own(gray.clone());
  }
  cv::Mat gray(const Pixels& pixels) override {
    work();
    ++fate_.brought;
    return gray_of(pixels).clone();
  }
  ContentHash pixel_hash(const Pixels& pixels) override {
    work();
    return content_hash("fake " + ocrtune::pixel_hash(gray_of(pixels)).text());
  }
  Pixels without_lines(const Pixels& in, const LineSizes& sizes) override {
    work();
    return of_processors(cpu_backend().without_lines(to_processors(in), sizes));
  }
  Pixels divided_by_blur(const Pixels& in, int kernel) override {
    work();
    return of_processors(cpu_backend().divided_by_blur(to_processors(in), kernel));
  }
  Pixels denoise_nlm(const Pixels& in, float h, int search) override {
    work();
    return of_processors(cpu_backend().denoise_nlm(to_processors(in), h, search));
  }
  double laplacian_variance(const Pixels& in) override {
    work();
    return cpu_backend().laplacian_variance(to_processors(in));
  }
  Pixels adaptive_threshold_gaussian(const Pixels& in, int block, double c) override {
    work();
    return of_processors(cpu_backend().adaptive_threshold_gaussian(to_processors(in), block, c));
  }

 private:
  struct Own : Pixels::Held {
    Own(cv::Mat gray_pixels, const FakeDevice* holder)
        : gray(std::move(gray_pixels)), owner(holder) {}
    cv::Mat gray;
    const FakeDevice* owner;
  };

  [[nodiscard]] Pixels own(const cv::Mat& gray) const {
    return {gray.size(), std::make_shared<Own>(gray, this)};
  }
  [[nodiscard]] const cv::Mat& gray_of(const Pixels& pixels) const {
    const auto* held = dynamic_cast<const Own*>(&pixels.held());
    if (held == nullptr || held->owner != this)
      throw std::logic_error("these are another's pixels");
    return held->gray;
  }
  [[nodiscard]] Pixels to_processors(const Pixels& pixels) const {
    return cpu_backend().hold(gray_of(pixels));
  }
  [[nodiscard]] Pixels of_processors(const Pixels& pixels) const {
    return own(cpu_backend().gray(pixels));
  }

  void work() {
    const int number = fate_.asked++;
    while (fate_.hangs) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (number >= fate_.fails_from && number < fate_.fails_to) throw DeviceError("it is gone");
  }

  Fate& fate_;
};

}  // namespace ocrtune::test
