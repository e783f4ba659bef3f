// Sums of squared differences over the template; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_SUMS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_SUMS_INL_H
#undef OCRTUNE_KERNELS_NLM_SUMS_INL_H
#else
#define OCRTUNE_KERNELS_NLM_SUMS_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/nlm/weights.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D16 = hn::ScalableTag<std::uint16_t>;
using V16 = hn::Vec<D16>;

constexpr D16 d16;  // NOLINT(readability-identifier-naming): Highway's custom

HWY_INLINE std::ptrdiff_t lanes() { return static_cast<std::ptrdiff_t>(hn::Lanes(d16)); }

/// Sums that saturate at 2^16 - 1: exact below, and what saturates has an index of
/// kNarrowIndices - 1 or more, as has the true sum. A square is below 2^16, and all are positive,
/// so a part that saturates keeps the whole saturated.
struct NarrowSum {
  static constexpr std::ptrdiff_t kVectors = 1;

  static HWY_INLINE NarrowSum square(V16 difference) {
    return {hn::Mul(difference, difference)};  // modulo 2^16 the missing sign does not matter
  }
  static HWY_INLINE NarrowSum load(const std::uint16_t* from) { return {hn::Load(d16, from)}; }
  HWY_INLINE void store(std::uint16_t* to) const { hn::Store(sum, d16, to); }
  HWY_INLINE NarrowSum operator+(NarrowSum other) const {
    return {hn::SaturatedAdd(sum, other.sum)};
  }
  HWY_INLINE V16 index() const { return hn::ShiftRight<kShift>(sum); }

  V16 sum;
};

/// Any sum of 49 squares, which needs 22 bits, by its index: the sum modulo 2^16, and the sum of
/// the squares' upper 10 bits, at most 49 * 1016 and at most 48 less than the sum's upper bits.
/// Together they give the upper bits exactly.
struct WideSum {
  static constexpr std::ptrdiff_t kVectors = 2;

  static HWY_INLINE WideSum square(V16 difference) {
    const V16 square = hn::Mul(difference, difference);
    return {square, hn::ShiftRight<kShift>(square)};
  }
  static HWY_INLINE WideSum load(const std::uint16_t* from) {
    return {hn::Load(d16, from), hn::Load(d16, from + hn::Lanes(d16))};
  }
  HWY_INLINE void store(std::uint16_t* to) const {
    hn::Store(modulo, d16, to);
    hn::Store(upper, d16, to + hn::Lanes(d16));
  }
  HWY_INLINE WideSum operator+(WideSum other) const {
    return {hn::Add(modulo, other.modulo), hn::Add(upper, other.upper)};
  }
  HWY_INLINE V16 index() const {
    const V16 rest = hn::Sub(modulo, hn::ShiftLeft<kShift>(upper));
    return hn::Add(upper, hn::ShiftRight<kShift>(rest));
  }

  V16 modulo;
  V16 upper;
};

/// The sums of any seven values that follow one another.
template <class Sum>
HWY_INLINE void sums_of_seven(const Sum (&in)[10], Sum (&out)[4]) {
  const Sum in12 = in[1] + in[2];
  const Sum in78 = in[7] + in[8];
  const Sum middle = (in[3] + in[4]) + (in[5] + in[6]);
  const Sum in1to6 = in12 + middle;
  const Sum in3to8 = middle + in78;
  out[0] = in[0] + in1to6;
  out[1] = in1to6 + in[7];
  out[2] = in[2] + in3to8;
  out[3] = in3to8 + in[9];
}

template <class Sum>
HWY_INLINE void sums_of_seven(const Sum (&in)[14], Sum (&out)[8]) {
  const Sum in56 = in[5] + in[6];
  const Sum in78 = in[7] + in[8];
  const Sum in3to6 = (in[3] + in[4]) + in56;
  const Sum in7to10 = in78 + (in[9] + in[10]);
  const Sum in1to6 = (in[1] + in[2]) + in3to6;
  const Sum in3to8 = in3to6 + in78;
  const Sum in5to10 = in56 + in7to10;
  const Sum in7to12 = in7to10 + (in[11] + in[12]);
  out[0] = in[0] + in1to6;
  out[1] = in1to6 + in[7];
  out[2] = in[2] + in3to8;
  out[3] = in3to8 + in[9];
  out[4] = in[4] + in5to10;
  out[5] = in5to10 + in[11];
  out[6] = in[6] + in7to12;
  out[7] = in7to12 + in[13];
}

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
