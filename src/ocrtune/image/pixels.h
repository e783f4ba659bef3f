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

  /// `size` is in px; `held` isn't null.
  Pixels(cv::Size size, std::shared_ptr<const Held> held) : size_(size), held_(std::move(held)) {}

  /// Width and height, px.
  [[nodiscard]] cv::Size size() const { return size_; }
  /// What the backend keeps of them; only the one that made it knows its type.
  [[nodiscard]] const Held& held() const { return *held_; }

 private:
  cv::Size size_;
  std::shared_ptr<const Held> held_;
};

}  // namespace ocrtune
