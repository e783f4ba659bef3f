// From indices to weights; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_LOOK_UP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_LOOK_UP_INL_H
#undef OCRTUNE_KERNELS_NLM_LOOK_UP_INL_H
#else
#define OCRTUNE_KERNELS_NLM_LOOK_UP_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/nlm/sums-inl.h"
#include "ocrtune/kernels/nlm/weights.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

/// Keeps the indices and replaces them in memory one by one afterwards, which takes two thirds of
/// the time of 32-bit gathers.
class TableLookUp {
 public:
  explicit TableLookUp(const Weights& weights, std::size_t plane)
      : table_(weights.planes[plane].data()) {}

  HWY_INLINE V16 operator()(V16 index) const { return index; }

  /// `count`: a multiple of 8, unless a vector has one lane.
  void finish(std::uint16_t* values, std::ptrdiff_t count) const {
#if HWY_TARGET <= HWY_SSSE3
    for (std::ptrdiff_t i = 0; i < count; i += 8) insert_eight(values + i);
#else
    for (std::ptrdiff_t i = 0; i < count; ++i) values[i] = table_[values[i]];
#endif
  }

 private:
#if HWY_TARGET <= HWY_SSSE3
  /// Storing each on its own would take longer.
  HWY_INLINE void insert_eight(std::uint16_t* values) const {
    __m128i found = _mm_cvtsi32_si128(table_[values[0]]);
    found = _mm_insert_epi16(found, table_[values[1]], 1);
    found = _mm_insert_epi16(found, table_[values[2]], 2);
    found = _mm_insert_epi16(found, table_[values[3]], 3);
    found = _mm_insert_epi16(found, table_[values[4]], 4);
    found = _mm_insert_epi16(found, table_[values[5]], 5);
    found = _mm_insert_epi16(found, table_[values[6]], 6);
    found = _mm_insert_epi16(found, table_[values[7]], 7);
    _mm_store_si128(reinterpret_cast<__m128i*>(values), found);
  }
#endif

  const std::uint16_t* table_;
};

#if HWY_TARGET <= HWY_AVX3

/// An entry of a table of 32 or 64, by the lower bits of `at`.
HWY_INLINE V16 entry(const V16 (&table)[1], V16 at) {
  return V16{_mm512_permutexvar_epi16(at.raw, table[0].raw)};
}
HWY_INLINE V16 entry(const V16 (&table)[2], V16 at) {
  return V16{_mm512_permutex2var_epi16(table[0].raw, at.raw, table[1].raw)};
}

template <std::size_t kCount>
HWY_INLINE void load_table(const std::uint16_t* from, V16 (&to)[kCount]) {
  for (std::size_t i = 0; i < kCount; ++i) to[i] = hn::LoadU(d16, from + i * hn::MaxLanes(d16));
}

/// For weights that are 0 from index kEntries - 1 on.
class ShortLookUp {
 public:
  static constexpr std::size_t kEntries = 64;

  explicit ShortLookUp(const Weights& weights, std::size_t plane) {
    load_table(weights.planes[plane].data(), table_);
  }

  HWY_INLINE V16 operator()(V16 index) const {
    return entry(table_, hn::Min(index, hn::Set(d16, kEntries - 1)));
  }

  void finish(std::uint16_t* /*values*/, std::ptrdiff_t /*count*/) const {}

 private:
  V16 table_[2];
};

/// Multiplies Factors, which are permuted in registers; for indices below the cutoff in kBlocks,
/// a multiple of 16. Results for other indices are set to 0. kShifted: as Factors::shifted.
template <std::size_t kBlocks, bool kShifted>
class FactorLookUp {
 public:
  explicit FactorLookUp(const Weights& weights, std::size_t /*plane*/)
      : bias_(hn::Set(d16, static_cast<std::uint16_t>(-weights.bias))),
        cutoff_(hn::Set(d16, static_cast<std::uint16_t>(weights.cutoff))) {
    load_table(weights.factors.start.data(), start_);
    if constexpr (kShifted) load_table(weights.factors.shift.data(), shift_);
    load_table(weights.factors.within.data(), within_);
    for (std::size_t i = 0; i < kExtras; ++i) {
      load_table(weights.factors.extra[i].data(), extra_[i]);
    }
  }

  HWY_INLINE V16 operator()(V16 index) const {
    const V16 block = hn::ShiftRight<6>(index);
    V16 quotient = hn::MulHigh(entry(start_, block), entry(within_, index));
    if constexpr (kShifted) {
      quotient = V16{_mm512_srlv_epi16(quotient.raw, entry(shift_, block).raw)};
    }
    const __m512i bits = bits_of(index, block).raw;
    constexpr int kFirstAndSecondOrThird = 0xEA;
    const __m512i rest =
        _mm512_ternarylogic_epi32(bits, _mm512_set1_epi16(1), bias_.raw, kFirstAndSecondOrThird);
    const __mmask32 live = _mm512_cmplt_epu16_mask(index.raw, cutoff_.raw);
    return V16{_mm512_mask_add_epi16(bias_.raw, live, quotient.raw, rest)};
  }

  void finish(std::uint16_t* /*values*/, std::ptrdiff_t /*count*/) const {}

 private:
  static constexpr std::size_t kBlockVectors = kBlocks <= 32 ? 1 : 2;
  static constexpr std::size_t kExtras = kBlocks / 16;

  /// The lowest bits are those of `extra`. Shifts by 16 or more, for blocks that are not in a
  /// vector, give 0.
  HWY_INLINE V16 bits_of(V16 index, V16 block) const {
    __m512i bits = _mm512_srlv_epi16(entry(extra_[0], index).raw, block.raw);
    for (std::size_t i = 1; i < kExtras; ++i) {
      const V16 place = hn::Sub(block, hn::Set(d16, static_cast<std::uint16_t>(i * 16)));
      bits = _mm512_or_si512(bits, _mm512_srlv_epi16(entry(extra_[i], index).raw, place.raw));
    }
    return V16{bits};
  }

  V16 start_[kBlockVectors];
  V16 shift_[kBlockVectors];
  V16 within_[2];
  V16 extra_[kExtras][2];
  V16 bias_;
  V16 cutoff_;
};

#endif

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
