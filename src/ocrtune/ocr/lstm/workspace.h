#pragma once

#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "ocrtune/ocr/lstm/border_noise.h"

namespace ocrtune::lstm {

/// Memory of one thread that runs networks, reused; up to 32 MiB are kept.
class Workspace {
 public:
  explicit Workspace(std::int64_t sample_iteration) : noise_(sample_iteration) {}

  /// Frees all memory.
  void restart();

  /// Memory for `count` values and 64 bytes more, aligned to 64 bytes, valid until restart() or the
  /// release() of an earlier mark(). Uninitialized.
  template <typename Value>
  requires std::is_trivial_v<Value> Value* take(std::size_t count) {
    return reinterpret_cast<Value*>(take_bytes(count * sizeof(Value)));
  }

  [[nodiscard]] std::size_t mark() const { return used_; }
  /// Frees what was allocated since the mark.
  void release(std::size_t mark) { used_ = mark; }

  [[nodiscard]] BorderNoise& noise() { return noise_; }

 private:
  using Block = hwy::AlignedFreeUniquePtr<std::uint8_t[]>;

  std::uint8_t* take_bytes(std::size_t count);

  BorderNoise noise_;
  Block block_;
  std::size_t size_ = 0;
  std::size_t used_ = 0;
  std::size_t wanted_ = 0;       // of a block that would have been enough
  std::vector<Block> overflow_;  // blocks for what did not fit
  std::size_t overflow_bytes_ = 0;
};

}  // namespace ocrtune::lstm
