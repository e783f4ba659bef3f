#pragma once

#include <memory>
#include <opencv2/core/types.hpp>
#include <utility>

namespace ocrtune {

/// Gray pixels held by a backend (devices/backend.h): 8 bits, one channel. Copies share them; they
/// are immutable.
class Pixels {
 public:
  /// The backend's data.
  struct Held {
    virtual ~Held() = default;
  };

  /// `size` is in px; `held` must not be null.
  Pixels(cv::Size size, std::shared_ptr<const Held> held) : size_(size), held_(std::move(held)) {}

  /// Width and height, px.
  [[nodiscard]] cv::Size size() const { return size_; }
  /// The backend's data; only the backend that made it knows its type.
  [[nodiscard]] const Held& held() const { return *held_; }

 private:
  cv::Size size_;
  std::shared_ptr<const Held> held_;
};

}  // namespace ocrtune
