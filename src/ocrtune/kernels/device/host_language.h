#pragma once

#include <ucontext.h>

#include <array>
#include <bit>
#include <cstdint>
#include <cstddef>
#include <functional>
#include <vector>

// The words of language.h in C++, for tests: a group's work-items take turns on one thread, changing where they wait
// for each other, so that what is wrong without a barrier stays wrong each time.

namespace ocrtune::device {

/// Where the work-item that has its turn is.
struct Place {
  std::array<int, 2> local{};
  std::array<int, 2> group{};
  std::array<int, 2> group_size{};
};

/// Runs a kernel's groups one after the other.
class HostGroups {
 public:
  using Size = std::array<int, 2>;

  /// `item` is called for each work-item of `groups` groups of `group_size`.
  static void run(Size groups, Size group_size, const std::function<void()>& item);

  static const Place& place();
  static void wait();
};

}  // namespace ocrtune::device

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using i32 = std::int32_t;
using u32 = std::uint32_t;
using i64 = std::int64_t;
using u64 = std::uint64_t;

#define KERNEL(name) inline void name
#define FUNCTION inline
#define GLOBAL
#define GROUP(type, name, count) static type name[count]
#define SHARED
#define BARRIER() ocrtune::device::HostGroups::wait()

inline i32 local_id(std::size_t axis) { return ocrtune::device::HostGroups::place().local[axis]; }
inline i32 group_id(std::size_t axis) { return ocrtune::device::HostGroups::place().group[axis]; }
inline i32 local_size(std::size_t axis) {
  return ocrtune::device::HostGroups::place().group_size[axis];
}
inline i32 global_id(std::size_t axis) {
  return group_id(axis) * local_size(axis) + local_id(axis);
}
inline i32 leading_zeros(u64 word) { return std::countl_zero(word); }

inline u32 add_in_group(u32* at, u32 n) {
  const u32 before = *at;
  *at += n;
  return before;
}
inline u32 add_in_global(u32* at, u32 n) { return add_in_group(at, n); }
