#include "ocrtune/ocr/lstm/workspace.h"

#include <algorithm>
#include <cstring>

#include "ocrtune/base/aligned_memory.h"

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kMaxKept = std::size_t{32} << 20U;
constexpr std::size_t kAlignment = 64;

}  // namespace

void Workspace::restart() {
  overflow_.clear();
  overflow_bytes_ = 0;
  used_ = 0;
  if (wanted_ <= size_) return;
  // The old block goes first, and its size with it.
  size_ = 0;
  block_.reset();
  const std::size_t size = std::min(wanted_, kMaxKept);
  block_ = aligned_memory<std::uint8_t>(size);
  std::memset(block_.get(), 0, size);
  size_ = size;
}

std::uint8_t* Workspace::take_bytes(std::size_t count) {
  const std::size_t bytes = (count / kAlignment + 2) * kAlignment;
  if (used_ + bytes <= size_) {
    std::uint8_t* taken = block_.get() + used_;
    used_ += bytes;
    wanted_ = std::max(wanted_, used_ + overflow_bytes_);
    return taken;
  }
  overflow_.push_back(aligned_memory<std::uint8_t>(bytes));
  std::memset(overflow_.back().get(), 0, bytes);
  overflow_bytes_ += bytes;
  wanted_ = std::max(wanted_, used_ + overflow_bytes_);
  return overflow_.back().get();
}

}  // namespace ocrtune::lstm
