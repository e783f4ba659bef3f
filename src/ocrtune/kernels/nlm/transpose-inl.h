// From lanes to rows of the image and back; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_TRANSPOSE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_TRANSPOSE_INL_H
#undef OCRTUNE_KERNELS_NLM_TRANSPOSE_INL_H
#else
#define OCRTUNE_KERNELS_NLM_TRANSPOSE_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/nlm/accumulate-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
/// Transposes each block of 128 bits of as many vectors as it has lanes.
template <class D, std::size_t kCount>
HWY_INLINE void transpose(D d, hn::Vec<D> (&vectors)[kCount]) {
  static_assert(kCount * sizeof(hn::TFromD<D>) == 16);
  for (std::size_t round = 1; round < kCount; round *= 2) {
    hn::Vec<D> next[kCount];
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kCount / 2; ++i) {
      next[2 * i] = hn::InterleaveLower(d, vectors[i], vectors[i + kCount / 2]);
      next[2 * i + 1] = hn::InterleaveUpper(d, vectors[i], vectors[i + kCount / 2]);
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kCount; ++i) vectors[i] = next[i];
  }
}
#endif

/// Neighbouring lanes whose sums are side by side, by lane_position().
constexpr std::size_t kGroup = HWY_TARGET == HWY_SCALAR ? 1 : 4;

#if HWY_TARGET != HWY_SCALAR
/// The sums of a group in every fourth column, side by side.
template <class D>
HWY_INLINE hn::Vec<D> every_fourth(D d, const std::uint32_t* from, std::ptrdiff_t step) {
  if constexpr (hn::MaxLanes(D()) <= kGroup) {
    return hn::Load(d, from);
  } else {
    const hn::Half<D> half;
    const auto columns = static_cast<std::ptrdiff_t>(hn::Lanes(half));
    return hn::Combine(d, every_fourth(half, from + columns * step, step),
                       every_fourth(half, from, step));
  }
}
#endif

/// The sums of each lane of a group in a vector of columns, which are `step` apart.
HWY_INLINE void columns_of_lanes(const std::uint32_t* from, [[maybe_unused]] std::ptrdiff_t step,
                                 V32 (&to)[kGroup]) {
#if HWY_TARGET == HWY_SCALAR
  to[0] = hn::Load(d32, from);
#else
  for (std::size_t i = 0; i < kGroup; ++i, from += step) to[i] = every_fourth(d32, from, step);
  transpose(d32, to);
#endif
}

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
