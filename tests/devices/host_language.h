#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>

// The words of ocrtune/devices/kernels/language.h in C++, to be included before: kernels for
// devices run on machines without one. The work-items of a group take turns on one thread, changing
// where they wait for each other, so that what lacks a barrier goes wrong each time.

namespace ocrtune::test {

/// Where the work-item is that has its turn.
struct Place {
  std::array<int, 2> local{};
  std::array<int, 2> group{};
  std::array<int, 2> group_size{};
};

const Place& place();

/// Ends the turn, until all others of the group have come as far.
void wait_for_group();

/// Runs `item` for each work-item of each group, one group after the other. Not thread-safe.
void run_groups(std::array<int, 2> groups, std::array<int, 2> group_size,
                const std::function<void()>& item);

}  // namespace ocrtune::test

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using i32 = std::int32_t;
using u32 = std::uint32_t;
using i64 = std::int64_t;
using u64 = std::uint64_t;

struct alignas(16) uint4 {
  u32 x;
  u32 y;
  u32 z;
  u32 w;
};

#define KERNEL(name) inline void name
#define FUNCTION inline
#define GLOBAL
#define SHARED
#define GROUP(type, name, count) static type name[count]
#define UNROLLED
#define BARRIER() ocrtune::test::wait_for_group()

inline i32 local_id(std::size_t axis) { return ocrtune::test::place().local[axis]; }
inline i32 group_id(std::size_t axis) { return ocrtune::test::place().group[axis]; }
inline i32 local_size(std::size_t axis) { return ocrtune::test::place().group_size[axis]; }
inline i32 global_id(std::size_t axis) {
  return group_id(axis) * local_size(axis) + local_id(axis);
}
inline i32 leading_zeros(u64 word) { return std::countl_zero(word); }

inline u32 distances_of_bytes(u32 a, u32 b) {
  u32 distances = 0;
  for (u32 at = 0; at < 32; at += 8) {
    const i32 difference = static_cast<i32>(a >> at & 255U) - static_cast<i32>(b >> at & 255U);
    distances |= static_cast<u32>(difference < 0 ? -difference : difference) << at;
  }
  return distances;
}
inline u32 dot4_of_bytes(u32 a, u32 b, u32 sum) {
  for (u32 at = 0; at < 32; at += 8) sum += (a >> at & 255U) * (b >> at & 255U);
  return sum;
}

inline float times(float a, float b) { return a * b; }
inline float plus(float a, float b) { return a + b; }

inline u32 add_in_group(u32* at, u32 n) {
  const u32 before = *at;
  *at += n;
  return before;
}
inline u32 add_in_global(u32* at, u32 n) { return add_in_group(at, n); }
