#include "fuzz/memory_meter.h"

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

namespace ocrtune::fuzz {
namespace {

std::atomic<std::ptrdiff_t> held = 0;
std::atomic<std::ptrdiff_t> max_held = 0;
std::ptrdiff_t at_start = 0;

void* counted(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  const auto size = static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
  const std::ptrdiff_t now = held.fetch_add(size, std::memory_order_relaxed) + size;
  max_held.store(std::max(max_held.load(std::memory_order_relaxed), now),
                 std::memory_order_relaxed);
  return memory;
}

void release(void* memory) {
  if (memory == nullptr) return;
  const auto size = static_cast<std::ptrdiff_t>(malloc_usable_size(memory));
  held.fetch_sub(size, std::memory_order_relaxed);
  std::free(memory);
}

void* aligned(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}

}  // namespace

void start_memory_meter() {
  at_start = held;
  max_held = at_start;
}

std::size_t max_memory() { return static_cast<std::size_t>(max_held - at_start); }

}  // namespace ocrtune::fuzz

// The library's containers take their memory through these.
using ocrtune::fuzz::aligned;
using ocrtune::fuzz::counted;
using ocrtune::fuzz::release;

void* operator new(std::size_t size) { return counted(std::malloc(size)); }
void* operator new[](std::size_t size) { return counted(std::malloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return aligned(size, alignment);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return aligned(size, alignment);
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
