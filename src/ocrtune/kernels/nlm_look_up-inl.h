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

#include "ocrtune/kernels/nlm_sums-inl.h"
#include "ocrtune/kernels/nlm_weights.h"

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

/// Multiplies Factors, which are permuted in registers; for indices below the cutoff in kBlocks,
/// 16, 32 or 64. Results for other indices are set to 0. kOneShift: as Factors::one_shift.
template <std::size_t kBlocks, bool kOneShift>
class FactorLookUp {
 public:
  explicit FactorLookUp(const Weights& weights, std::size_t /*plane*/)
      : bias_(hn::Set(d16, static_cast<std::uint16_t>(-weights.bias))),
        cutoff_(hn::Set(d16, static_cast<std::uint16_t>(weights.cutoff))),
        one_shift_(_mm_cvtsi32_si128(weights.factors.shift[0])) {
    load(weights.factors.start.data(), start_);
    load(weights.factors.shift.data(), shift_);
    load(weights.factors.within.data(), within_);
    for (std::size_t i = 0; i < kExtras; ++i) load(weights.factors.extra[i].data(), extra_[i]);
  }

  HWY_INLINE V16 operator()(V16 index) const {
    const V16 block = hn::ShiftRight<6>(index);
    const V16 quotient = shifted(hn::MulHigh(entry(start_, block), of_64(within_, index)), block);
    const __m512i bits = _mm512_srlv_epi16(extra(index, block).raw, in_word(block).raw);
    constexpr int kFirstAndSecondOrThird = 0xEA;
    const __m512i rest =
        _mm512_ternarylogic_epi32(bits, _mm512_set1_epi16(1), bias_.raw, kFirstAndSecondOrThird);
    const __mmask32 live = _mm512_cmplt_epu16_mask(index.raw, cutoff_.raw);
    return V16{_mm512_mask_add_epi16(bias_.raw, live, quotient.raw, rest)};
  }

  void finish(std::uint16_t* /*values*/, std::ptrdiff_t /*count*/) const {}

 private:
  static constexpr std::size_t kLanes = 32;
  static constexpr std::size_t kBlockVectors = kBlocks <= kLanes ? 1 : 2;
  static constexpr std::size_t kExtras = kBlocks / 16;

  template <std::size_t kCount>
  static HWY_INLINE void load(const std::uint16_t* from, V16 (&to)[kCount]) {
    for (std::size_t i = 0; i < kCount; ++i) to[i] = hn::LoadU(d16, from + i * kLanes);
  }

  static HWY_INLINE V16 of_64(const V16 (&table)[2], V16 at) {
    return V16{_mm512_permutex2var_epi16(table[0].raw, at.raw, table[1].raw)};
  }

  static HWY_INLINE V16 entry(const V16 (&table)[kBlockVectors], V16 at) {
    if constexpr (kBlockVectors == 1) {
      return V16{_mm512_permutexvar_epi16(at.raw, table[0].raw)};
    } else {
      return of_64(table, at);
    }
  }

  HWY_INLINE V16 shifted(V16 product, V16 block) const {
    if constexpr (kOneShift) {
      return V16{_mm512_srl_epi16(product.raw, one_shift_)};
    } else {
      return V16{_mm512_srlv_epi16(product.raw, entry(shift_, block).raw)};
    }
  }

  /// The block's place in its word of `extra`.
  static HWY_INLINE V16 in_word(V16 block) {
    return kExtras == 1 ? block : hn::And(block, hn::Set(d16, 15));
  }

  HWY_INLINE V16 extra(V16 index, V16 block) const {
    __m512i found = of_64(extra_[0], index).raw;
    for (std::size_t i = 1; i < kExtras; ++i) {
      const __m512i first = _mm512_set1_epi16(static_cast<short>(i * 16));
      const __mmask32 from_here = _mm512_cmpge_epu16_mask(block.raw, first);
      found = _mm512_mask_mov_epi16(found, from_here, of_64(extra_[i], index).raw);
    }
    return V16{found};
  }

  V16 start_[kBlockVectors];
  V16 shift_[kBlockVectors];
  V16 within_[2];
  V16 extra_[kExtras][2];
  V16 bias_;
  V16 cutoff_;
  __m128i one_shift_;
};

#endif

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
