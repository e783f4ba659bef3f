// Activations and quantisation, with vectors. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_MATH_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_MATH_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_MATH_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "ocrtune/ocr/lstm/activations.h"
#include "ocrtune/ocr/lstm/integer_dot-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// Positions of a function's arguments in its table. Stored in memory some time before they are
/// read: reading lanes one by one right after they are written is slow.
struct TablePlace {
  alignas(64) std::uint32_t at[kLanes];
  alignas(64) float fraction[kLanes];
  alignas(64) float sign[kLanes];  ///< any numbers with the arguments' signs
};

/// Finds the positions of arguments that are already scaled as the table.
HWY_INLINE void find_place(FloatVector scaled, TablePlace& place) {
  const Floats d;
  const hn::ScalableTag<std::uint32_t> du;
  const auto size = hn::Abs(scaled);
  const auto within = hn::IfThenElse(hn::Lt(size, hn::Set(d, ActivationTable::kEnd)), size,
                                     hn::Set(d, static_cast<float>(ActivationTable::kSize)));
  const auto index = hn::ConvertTo(Ints(), within);
  hn::Store(hn::BitCast(du, index), du, place.at);
#if HWY_TARGET <= HWY_AVX3
  // The difference to the value rounded towards 0.
  hn::Store(FloatVector{_mm512_reduce_ps(within.raw, 3)}, d, place.fraction);
#else
  hn::Store(hn::Sub(within, hn::ConvertTo(d, index)), d, place.fraction);
#endif
  hn::Store(scaled, d, place.sign);
}

/// Values of a table and their successors.
struct Neighbours {
  FloatVector value;
  FloatVector next;
};

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_SSSE3

/// A value and its successor, twice. Where available, such loads are faster than gathers.
HWY_INLINE __m128 load_two(const float* values, const std::uint32_t* at) {
  const __m128 low =
      _mm_castsi128_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(values + at[0])));
  return _mm_loadh_pi(low, reinterpret_cast<const __m64*>(values + at[1]));
}

#if HWY_TARGET <= HWY_AVX2

/// Values and their successors for lanes 0, 1, 4 and 5.
HWY_INLINE __m256 load_four(const float* values, const std::uint32_t* at) {
  return _mm256_insertf128_ps(_mm256_castps128_ps256(load_two(values, at)),
                              load_two(values, at + 4), 1);
}

#endif

HWY_INLINE Neighbours load_neighbours(const ActivationTable& table, const std::uint32_t* at) {
  const float* values = table.values.data();
  // The first two, then the last two of each four lanes.
#if HWY_TARGET <= HWY_AVX3
  const __m512 first = _mm512_insertf32x8(_mm512_castps256_ps512(load_four(values, at)),
                                          load_four(values, at + 8), 1);
  const __m512 last = _mm512_insertf32x8(_mm512_castps256_ps512(load_four(values, at + 2)),
                                         load_four(values, at + 10), 1);
  return {FloatVector{_mm512_shuffle_ps(first, last, 0x88)},
          FloatVector{_mm512_shuffle_ps(first, last, 0xdd)}};
#elif HWY_TARGET <= HWY_AVX2
  const __m256 first = load_four(values, at);
  const __m256 last = load_four(values, at + 2);
  return {FloatVector{_mm256_shuffle_ps(first, last, 0x88)},
          FloatVector{_mm256_shuffle_ps(first, last, 0xdd)}};
#else
  const __m128 first = load_two(values, at);
  const __m128 last = load_two(values, at + 2);
  return {FloatVector{_mm_shuffle_ps(first, last, 0x88)},
          FloatVector{_mm_shuffle_ps(first, last, 0xdd)}};
#endif
}

#else

HWY_INLINE Neighbours load_neighbours(const ActivationTable& table, const std::uint32_t* at) {
  alignas(64) float value[kLanes];
  alignas(64) float next[kLanes];
  for (std::ptrdiff_t lane = 0; lane < kLanes; ++lane) {
    const float* values = table.values.data() + at[lane];
    value[lane] = values[0];
    next[lane] = values[1];
  }
  return {hn::Load(Floats(), value), hn::Load(Floats(), next)};
}

#endif

/// The table's function, arguments taken as positive.
HWY_INLINE FloatVector look_up(const ActivationTable& table, const TablePlace& place) {
  const Neighbours found = load_neighbours(table, place.at);
  const auto rise = hn::Sub(found.next, found.value);
  return hn::Add(found.value, hn::Mul(rise, hn::Load(Floats(), place.fraction)));
}

HWY_INLINE FloatVector tanh_at(const ActivationTables& tables, const TablePlace& place) {
  return hn::CopySignToAbs(look_up(tables.tanh, place), hn::Load(Floats(), place.sign));
}

HWY_INLINE FloatVector logistic_at(const ActivationTables& tables, const TablePlace& place) {
  const Floats d;
  const auto value = look_up(tables.logistic, place);
  const auto negative = hn::Lt(hn::Load(d, place.sign), hn::Zero(d));
  return hn::IfThenElse(negative, hn::Sub(hn::Set(d, 1.0F), value), value);
}

/// Stores a vector of values from −1 to 1, quantised, as cells.
template <class Dot>
HWY_INLINE void store_cells(FloatVector values, typename Dot::Cell* to) {
  const Floats d;
  const auto scaled = hn::Mul(values, hn::Set(d, 127.0F));
  const auto rounded = hn::Add(scaled, hn::CopySignToAbs(hn::Set(d, 0.5F), scaled));
  const auto level = hn::Add(hn::ConvertTo(Ints(), rounded), hn::Set(Ints(), Dot::kZero));
  const hn::Rebind<typename Dot::Cell, Ints> dc;
#if HWY_TARGET == HWY_SCALAR
  *to = static_cast<typename Dot::Cell>(hn::GetLane(level));
  (void)dc;
#elif HWY_TARGET <= HWY_AVX3
  const hn::ScalableTag<std::uint32_t> du;
  const hn::Rebind<std::make_unsigned_t<typename Dot::Cell>, Ints> du_cell;
  hn::StoreU(hn::BitCast(dc, hn::TruncateTo(du_cell, hn::BitCast(du, level))), dc, to);
#else
  hn::StoreU(hn::DemoteTo(dc, level), dc, to);
#endif
}

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
