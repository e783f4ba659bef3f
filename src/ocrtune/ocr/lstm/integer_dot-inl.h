// Sums of integer products. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_DOT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_DOT_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_DOT_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_DOT_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Ints = hn::ScalableTag<std::int32_t>;
using Floats = hn::ScalableTag<float>;
using IntVector = hn::Vec<Ints>;
using FloatVector = hn::Vec<Floats>;
constexpr auto kLanes = static_cast<std::ptrdiff_t>(HWY_LANES(std::int32_t));

/// Cells of 16 bits, two to a word: exact with every instruction set.
struct PairDot {
  using Cell = std::int16_t;
  using Weight = std::int16_t;
  static constexpr int kWordCells = 2;
  /// The cell of 0.
  static constexpr int kZero = 0;

  static HWY_INLINE IntVector multiply_add(IntVector sum, IntVector cells, IntVector weights) {
    const Ints d;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_SSSE3
    const hn::Repartition<std::int16_t, Ints> d16;
    IntVector unused = sum;
    return hn::ReorderWidenMulAccumulate(d, hn::BitCast(d16, cells), hn::BitCast(d16, weights), sum,
                                         unused);
#else
    const auto low = [](IntVector words) { return hn::ShiftRight<16>(hn::ShiftLeft<16>(words)); };
    const auto high = [](IntVector words) { return hn::ShiftRight<16>(words); };
    (void)d;
    return hn::Add(sum,
                   hn::Add(hn::Mul(low(cells), low(weights)), hn::Mul(high(cells), high(weights))));
#endif
  }
};

#undef OCRTUNE_LSTM_BYTE_DOT
#if HWY_ARCH_X86 && HWY_TARGET == HWY_AVX3 && (HWY_COMPILER_GCC || HWY_COMPILER_CLANG)
#define OCRTUNE_LSTM_BYTE_DOT 1

/// Cells of 8 bits, four to a word, stored with an offset of 128 (AVX-512 VNNI).
struct ByteDot {
  using Cell = std::uint8_t;
  using Weight = std::int8_t;
  static constexpr int kWordCells = 4;
  static constexpr int kZero = 128;

  static HWY_INLINE IntVector multiply_add(IntVector sum, IntVector cells, IntVector weights) {
    // The intrinsic would need the whole block to be compiled for processors with VNNI.
    asm("vpdpbusd %2, %1, %0" : "+v"(sum.raw) : "v"(cells.raw), "v"(weights.raw));
    return sum;
  }
};

#else
#define OCRTUNE_LSTM_BYTE_DOT 0
#endif

/// The same word of cells in all lanes.
template <class Dot>
HWY_INLINE IntVector broadcast_word(const typename Dot::Cell* cells) {
  std::int32_t word;
  std::memcpy(&word, cells, sizeof word);
  return hn::Set(Ints(), word);
}

/// sums[r][g, p] += weights · cells[r], over `words` words. A group's weights are stored word by
/// word, kPanels vectors to a word; groups are `group_stride` apart.
template <class Dot, int kRows, int kGroups, int kPanels>
HWY_INLINE void multiply_words(const std::int32_t* HWY_RESTRICT weights,
                               std::ptrdiff_t group_stride, int words,
                               const typename Dot::Cell* const (&cells)[kRows],
                               IntVector (&sums)[kRows][kGroups * kPanels]) {
  const Ints d;
  for (std::ptrdiff_t word = 0; word < words; ++word) {
    IntVector row_words[kRows];
    HWY_UNROLL(32)
    for (int row = 0; row < kRows; ++row) {
      row_words[row] = broadcast_word<Dot>(cells[row] + word * Dot::kWordCells);
    }
    HWY_UNROLL(32)
    for (int panel = 0; panel < kGroups * kPanels; ++panel) {
      const std::int32_t* from =
          weights + panel / kPanels * group_stride + panel % kPanels * kLanes;
      const IntVector panel_weights = hn::Load(d, from);
      HWY_UNROLL(32)
      for (int row = 0; row < kRows; ++row) {
        sums[row][panel] = Dot::multiply_add(sums[row][panel], row_words[row], panel_weights);
      }
    }
    weights += kPanels * kLanes;
  }
}

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
