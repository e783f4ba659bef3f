#pragma once

#include <cstddef>
#include <span>
#include <utility>

namespace ocrtune {

/// An open file descriptor, closed with its scope.
class Descriptor {
 public:
  /// Takes it; negative: there is none.
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  /// Leaves `other` without one.
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  /// The descriptor; negative if there is none.
  [[nodiscard]] int get() const { return value_; }
  /// Whether there is one.
  [[nodiscard]] bool valid() const { return value_ >= 0; }
  /// Closes it and takes another one.
  void reset(int value) {
    close();
    value_ = value;
  }
  /// Closes it. False, with errno, if that failed.
  bool close();

 private:
  int value_;
};

/// Writes all bytes. False, with errno, if that is not possible.
bool write_all(int descriptor, std::span<const std::byte> bytes);

}  // namespace ocrtune
