#pragma once

#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <new>

namespace ocrtune {

/// Uninitialized memory for vectors of the processor. Throws std::bad_alloc, where Highway's
/// function gives a null pointer. Thread-safe.
template <typename Value>
hwy::AlignedFreeUniquePtr<Value[]> aligned_memory(std::size_t count) {
  auto memory = hwy::AllocateAligned<Value>(count);
  if (!memory) throw std::bad_alloc();
  return memory;
}

}  // namespace ocrtune
