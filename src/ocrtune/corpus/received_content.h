#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/base/descriptor.h"

namespace ocrtune {

/// A content that comes in parts, of unknown length: what is long is kept in a file without a name,
/// so that one without end fills no memory. Not thread-safe.
class ReceivedContent {
 public:
  /// `limit`, `in_memory`: bytes at most, altogether and before they go to a file.
  explicit ReceivedContent(std::uint64_t limit, std::uint64_t in_memory = 16U << 20U)
      : limit_(limit), in_memory_(in_memory) {}

  /// Takes the next part; false if it is too long then. Throws Error(output_unwritable) if the file
  /// can't be written, std::bad_alloc.
  bool add(std::span<const std::byte> part);

  [[nodiscard]] std::uint64_t size() const { return size_; }

  /// What came first, as far as it is in memory.
  [[nodiscard]] std::span<const std::byte> beginning() const { return bytes_; }

  /// All of it; then this is empty. Errors as add().
  std::vector<std::byte> taken();

 private:
  std::uint64_t limit_;
  std::uint64_t in_memory_;
  std::uint64_t size_ = 0;
  std::vector<std::byte> bytes_;
  Descriptor rest_{-1};
};

}  // namespace ocrtune
