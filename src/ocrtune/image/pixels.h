#pragma once

#include <memory>
#include <opencv2/core/types.hpp>
#include <utility>

namespace ocrtune {

/// Gray pixels where a backend (kernels/backend.h) holds them: 8 bits, one channel. Copies share
/// them; nobody changes them.
class Pixels {
 public:
  /// What a backend keeps of them.
  struct Held {
    virtual ~Held() = default;
  };

  Pixels(cv::Size size, std::shared_ptr<const Held> held) : size_(size), held_(std::move(held)) {}

  [[nodiscard]] cv::Size size() const { return size_; }
  [[nodiscard]] const Held& held() const { return *held_; }

 private:
  cv::Size size_;
  std::shared_ptr<const Held> held_;
};

}  // namespace ocrtune
