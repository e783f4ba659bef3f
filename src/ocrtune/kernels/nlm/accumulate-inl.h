// Sums of weighted pixels; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_ACCUMULATE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_ACCUMULATE_INL_H
#undef OCRTUNE_KERNELS_NLM_ACCUMULATE_INL_H
#else
#define OCRTUNE_KERNELS_NLM_ACCUMULATE_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/nlm/sums-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

using D32 = hn::Repartition<std::uint32_t, D16>;
using V32 = hn::Vec<D32>;
constexpr D32 d32;  // NOLINT(readability-identifier-naming): Highway's custom

/// Position of a vector lane's sums: `accumulate` stores them in the order of InterleaveLower and
/// InterleaveUpper, which work on blocks of 128 bits.
inline std::ptrdiff_t lane_position(std::ptrdiff_t lane) {
  constexpr std::ptrdiff_t kBlock = 16 / sizeof(std::uint16_t);
  if (lanes() < kBlock) return lane;
  const std::ptrdiff_t block = lane / kBlock;
  const std::ptrdiff_t in_block = lane % kBlock;
  const std::ptrdiff_t half = in_block < kBlock / 2 ? 0 : lanes() / 2;
  return half + block * kBlock / 2 + in_block % (kBlock / 2);
}

#if HWY_TARGET == HWY_SCALAR

/// As below; a "vector" of one lane has no halves.
HWY_INLINE void store_pairs(V16 first, V16 second, std::uint16_t* to) {
  hn::Store(first, d16, to);
  hn::Store(second, d16, to + 1);
}

HWY_INLINE void accumulate(const std::uint16_t* weights, std::ptrdiff_t step, std::ptrdiff_t count,
                           const std::uint16_t* pairs, std::uint32_t* sums) {
  for (; count > 0; --count, weights += step, pairs += 2) {
    const std::int32_t weight = static_cast<std::int16_t>(*weights);
    sums[0] += static_cast<std::uint32_t>(weight * *pairs);
    sums[1] += static_cast<std::uint32_t>(weight);
  }
}

#else

/// Adds the products of signed 16-bit lanes, those of neighbours into one lane.
HWY_INLINE V32 multiply_add(V32 sum, V16 a, V16 b) {
  const hn::RebindToSigned<D32> di32;
#if HWY_TARGET <= HWY_AVX3_DL
  // The target includes AVX-512 VNNI, but Highway 1.0 does not tell the compiler.
  asm("vpdpwssd %2, %1, %0" : "+v"(sum.raw) : "v"(a.raw), "vm"(b.raw));
  return sum;
#elif HWY_TARGET <= HWY_SSSE3
  // Other instruction sets do not define which products are added into a lane.
  const hn::RebindToSigned<D16> di16;
  auto unused = hn::Zero(di32);
  return hn::BitCast(d32,
                     hn::ReorderWidenMulAccumulate(di32, hn::BitCast(di16, a), hn::BitCast(di16, b),
                                                   hn::BitCast(di32, sum), unused));
#else
  const auto pair_a = hn::BitCast(di32, a);
  const auto pair_b = hn::BitCast(di32, b);
  const auto odd = hn::Mul(hn::ShiftRight<16>(pair_a), hn::ShiftRight<16>(pair_b));
  const auto even = hn::Mul(hn::ShiftRight<16>(hn::ShiftLeft<16>(pair_a)),
                            hn::ShiftRight<16>(hn::ShiftLeft<16>(pair_b)));
  return hn::Add(sum, hn::BitCast(d32, hn::Add(odd, even)));
#endif
}

/// Two vectors' lanes next to each other, in two vectors.
HWY_INLINE void store_pairs(V16 first, V16 second, std::uint16_t* to) {
  hn::Store(hn::InterleaveLower(d16, first, second), d16, to);
  hn::Store(hn::InterleaveUpper(d16, first, second), d16, to + lanes());
}

struct Accumulators {
  HWY_INLINE void add(V16 weights, V16 more_weights, const std::uint16_t* pairs) {
    const V16 ones = hn::Set(d16, 1);
    const V16 lower = hn::InterleaveLower(d16, weights, more_weights);
    const V16 upper = hn::InterleaveUpper(d16, weights, more_weights);
    estimate_lower = multiply_add(estimate_lower, lower, hn::Load(d16, pairs));
    estimate_upper = multiply_add(estimate_upper, upper, hn::Load(d16, pairs + lanes()));
    weight_lower = multiply_add(weight_lower, lower, ones);
    weight_upper = multiply_add(weight_upper, upper, ones);
  }

  V32 estimate_lower;
  V32 estimate_upper;
  V32 weight_lower;
  V32 weight_upper;
};

/// Adds to one vector's sums `count` vectors of signed weights, `step` apart, times the first of as
/// many vectors of pairs of pixels, side by side, and then the weights.
HWY_INLINE void accumulate(const std::uint16_t* weights, std::ptrdiff_t step, std::ptrdiff_t count,
                           const std::uint16_t* pairs, std::uint32_t* sums) {
  const std::ptrdiff_t half = lanes() / 2;
  Accumulators to{hn::Load(d32, sums), hn::Load(d32, sums + half), hn::Load(d32, sums + 2 * half),
                  hn::Load(d32, sums + 3 * half)};
  for (; count >= 2; count -= 2, weights += 2 * step, pairs += 4 * lanes()) {
    to.add(hn::Load(d16, weights), hn::Load(d16, weights + step), pairs);
  }
  if (count > 0) to.add(hn::Load(d16, weights), hn::Zero(d16), pairs);
  hn::Store(to.estimate_lower, d32, sums);
  hn::Store(to.estimate_upper, d32, sums + half);
  hn::Store(to.weight_lower, d32, sums + 2 * half);
  hn::Store(to.weight_upper, d32, sums + 3 * half);
}

#endif

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
