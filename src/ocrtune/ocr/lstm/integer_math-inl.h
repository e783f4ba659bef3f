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

#include "ocrtune/ocr/lstm/activations.h"
#include "ocrtune/ocr/lstm/integer_dot-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// Values of a table, and those that follow them.
struct Neighbours {
  FloatVector value;
  FloatVector next;
};

#if HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR

/// Four of them; faster than gathers where there are any.
HWY_INLINE void load_four(const float* values, const std::uint32_t* at, __m128& value,
                          __m128& next) {
  const auto low = [&](int i) {
    return _mm_castsi128_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(values + at[i])));
  };
  const auto both = [&](int i) {
    return _mm_loadh_pi(low(i), reinterpret_cast<const __m64*>(values + at[i + 1]));
  };
  const __m128 first = both(0);
  const __m128 second = both(2);
  value = _mm_shuffle_ps(first, second, 0x88);
  next = _mm_shuffle_ps(first, second, 0xdd);
}

HWY_INLINE Neighbours load_neighbours(const ActivationTable& table, IntVector indices) {
  alignas(64) std::uint32_t at[kLanes];
  hn::Store(hn::BitCast(hn::ScalableTag<std::uint32_t>(), indices),
            hn::ScalableTag<std::uint32_t>(), at);
  asm("" : "+m"(at));
  const float* values = table.values.data();
  __m128 value[kLanes / 4];
  __m128 next[kLanes / 4];
  HWY_UNROLL(32)
  for (int i = 0; i < kLanes / 4; ++i) load_four(values, at + 4 * i, value[i], next[i]);
#if HWY_TARGET <= HWY_AVX3
  const auto join = [](const __m128(&parts)[4]) {
    const __m256 low = _mm256_insertf128_ps(_mm256_castps128_ps256(parts[0]), parts[1], 1);
    const __m256 high = _mm256_insertf128_ps(_mm256_castps128_ps256(parts[2]), parts[3], 1);
    return FloatVector{_mm512_insertf32x8(_mm512_castps256_ps512(low), high, 1)};
  };
#elif HWY_TARGET <= HWY_AVX2
  const auto join = [](const __m128(&parts)[2]) {
    return FloatVector{_mm256_insertf128_ps(_mm256_castps128_ps256(parts[0]), parts[1], 1)};
  };
#else
  const auto join = [](const __m128(&parts)[1]) { return FloatVector{parts[0]}; };
#endif
  return {join(value), join(next)};
}

#else

HWY_INLINE Neighbours load_neighbours(const ActivationTable& table, IntVector indices) {
  alignas(64) std::int32_t at[kLanes];
  alignas(64) float value[kLanes];
  alignas(64) float next[kLanes];
  hn::Store(indices, Ints(), at);
  for (int lane = 0; lane < kLanes; ++lane) {
    const float* values = table.values.data() + at[lane];
    value[lane] = values[0];
    next[lane] = values[1];
  }
  return {hn::Load(Floats(), value), hn::Load(Floats(), next)};
}

#endif

/// The table's function at |x|.
HWY_INLINE FloatVector look_up(const ActivationTable& table, FloatVector x) {
  const Floats d;
  const auto all = hn::Mul(hn::Abs(x), hn::Set(d, ActivationTable::kScale));
  const auto scaled = hn::IfThenElse(hn::Lt(all, hn::Set(d, ActivationTable::kEnd)), all,
                                     hn::Set(d, static_cast<float>(ActivationTable::kSize)));
  const auto index = hn::ConvertTo(Ints(), scaled);
  const auto fraction = hn::Sub(scaled, hn::ConvertTo(d, index));
  const Neighbours found = load_neighbours(table, index);
  const auto rise = hn::Sub(found.next, found.value);
  return hn::Add(found.value, hn::Mul(rise, fraction));
}

HWY_INLINE FloatVector tanh_of(const ActivationTable& table, FloatVector x) {
  return hn::CopySignToAbs(look_up(table, x), x);
}

HWY_INLINE FloatVector logistic_of(const ActivationTable& table, FloatVector x) {
  const Floats d;
  const auto value = look_up(table, x);
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Sub(hn::Set(d, 1.0F), value), value);
}

/// Stores a vector of values, quantised, as cells.
template <class Dot>
HWY_INLINE void store_cells(FloatVector values, typename Dot::Cell* to) {
  const Floats d;
  const auto scaled = hn::Mul(values, hn::Set(d, 127.0F));
  const auto size = hn::Min(hn::Abs(scaled), hn::Set(d, 127.0F));
  const auto rounded = hn::CopySignToAbs(hn::Add(size, hn::Set(d, 0.5F)), scaled);
  const auto level = hn::Add(hn::ConvertTo(Ints(), rounded), hn::Set(Ints(), Dot::kZero));
  const hn::Rebind<typename Dot::Cell, Ints> dc;
#if HWY_TARGET == HWY_SCALAR
  *to = static_cast<typename Dot::Cell>(hn::GetLane(level));
  (void)dc;
#else
  hn::StoreU(hn::DemoteTo(dc, level), dc, to);
#endif
}

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
