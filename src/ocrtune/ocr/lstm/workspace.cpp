#include "ocrtune/ocr/lstm/workspace.h"

#include <algorithm>
#include <cstring>

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
  size_ = std::min(wanted_, kMaxKept);
  block_ = hwy::AllocateAligned<std::uint8_t>(size_);
  std::memset(block_.get(), 0, size_);
}

std::uint8_t* Workspace::take_bytes(std::size_t count) {
  const std::size_t bytes = (count / kAlignment + 2) * kAlignment;
  if (used_ + bytes <= size_) {
    std::uint8_t* taken = block_.get() + used_;
    used_ += bytes;
    wanted_ = std::max(wanted_, used_ + overflow_bytes_);
    return taken;
  }
  overflow_.push_back(hwy::AllocateAligned<std::uint8_t>(bytes));
  std::memset(overflow_.back().get(), 0, bytes);
  overflow_bytes_ += bytes;
  wanted_ = std::max(wanted_, used_ + overflow_bytes_);
  return overflow_.back().get();
}

}  // namespace ocrtune::lstm
