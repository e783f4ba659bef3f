// Weights of a block of rows; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_BLOCK_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_BLOCK_INL_H
#undef OCRTUNE_KERNELS_NLM_BLOCK_INL_H
#else
#define OCRTUNE_KERNELS_NLM_BLOCK_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "ocrtune/kernels/nlm_accumulate-inl.h"
#include "ocrtune/kernels/nlm_strip-inl.h"
#include "ocrtune/kernels/nlm_sums-inl.h"
#include "ocrtune/kernels/nlm_weights.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

/// The offsets of one dy, from first_dx on.
struct Offsets {
  std::ptrdiff_t dy;
  std::ptrdiff_t first_dx;
  std::ptrdiff_t count;
};

/// Adds the pairs of the kRows rows of a strip and its pixels to the right or below.
///
/// The distance of two patches is symmetric, so each pair is computed once and added to the sums of
/// both.
template <class Sum, class LookUp>
class Block {
 public:
  Block(const Weights& weights, const Layout& layout, int height)
      : weights_(weights),
        reach_(layout.reach),
        positions_(layout.positions),
        height_(height),
        columns_(zeros<std::uint16_t>(kRows * column_row())),
        found_(zeros<std::uint16_t>(kRows * found_row())) {}

  /// `top` is the strip's first row in the image; rows outside of it count only as partners.
  void add(const Strip& strip, std::ptrdiff_t top, std::size_t plane) {
    const LookUp look_up(weights_, plane);
    const std::ptrdiff_t rows = std::min(kRows, height_ - top);
    for (std::ptrdiff_t dy = std::max<std::ptrdiff_t>(0, 1 - kRows - top); dy <= reach_; ++dy) {
      const Offsets offsets =
          dy == 0 ? Offsets{0, 1, reach_} : Offsets{dy, -reach_, 2 * reach_ + 1};
      for (std::ptrdiff_t i = 0; i < offsets.count; ++i) {
        sum_columns(strip, dy, offsets.first_dx + i);
        sum_rows(look_up, rows, found_.get() + i * positions_ * lanes());
      }
      for (std::ptrdiff_t row = 0; row < rows; ++row) {
        const std::ptrdiff_t y = top + row;
        if (y >= 0) add_to_pixels(strip, row, offsets, plane);
        if (y + dy >= 0 && y + dy < height_) add_to_partners(strip, row, offsets, plane);
      }
    }
  }

 private:
  static HWY_INLINE std::ptrdiff_t column_row() {
    return (kStripColumns + 2 * kHalf * lanes()) * Sum::kVectors;
  }
  static HWY_INLINE std::ptrdiff_t found_row() { return (2 * kMaxReach + 1) * kStripColumns; }

  /// Sums of the squared differences over the template's height, from position -kHalf on.
  void sum_columns(const Strip& strip, std::ptrdiff_t dy, std::ptrdiff_t dx) const {
    constexpr std::ptrdiff_t kInputs = kRows + 2 * kHalf;
    const std::uint16_t* here = strip.pixels(-kHalf, -kHalf);
    const std::uint16_t* there = strip.pixels(dy - kHalf, dx - kHalf);
    std::uint16_t* to = columns_.get();
    for (std::ptrdiff_t k = 0; k < positions_ + 2 * kHalf; ++k) {
      Sum squares[kInputs];
#pragma GCC unroll 16
      for (std::ptrdiff_t row = 0; row < kInputs; ++row) {
        squares[row] = Sum::square(hn::Sub(hn::Load(d16, here + row * Strip::pixel_row()),
                                           hn::Load(d16, there + row * Strip::pixel_row())));
      }
      Sum sums[kRows];
      sums_of_seven(squares, sums);
#pragma GCC unroll 16
      for (std::ptrdiff_t row = 0; row < kRows; ++row) sums[row].store(to + row * column_row());
      here += lanes();
      there += lanes();
      to += lanes() * Sum::kVectors;
    }
  }

  /// The weights of one offset's pairs.
  void sum_rows(const LookUp& tables, std::ptrdiff_t rows, std::uint16_t* to) const {
    const LookUp look_up = tables;
    constexpr std::ptrdiff_t kStep = 4;
    const std::uint16_t* from = columns_.get();
    for (std::ptrdiff_t row = 0; row < rows; ++row, from += column_row(), to += found_row()) {
      for (std::ptrdiff_t k = 0; k < positions_; k += kStep) {
        k = std::min(k, positions_ - kStep);  // the last may overlap those before
        const std::uint16_t* at = from + k * lanes() * Sum::kVectors;
        Sum columns[kStep + 2 * kHalf];
#pragma GCC unroll 16
        for (std::ptrdiff_t i = 0; i < kStep + 2 * kHalf; ++i, at += lanes() * Sum::kVectors) {
          columns[i] = Sum::load(at);
        }
        Sum sums[kStep];
        sums_of_seven(columns, sums);
#pragma GCC unroll 16
        for (std::ptrdiff_t i = 0; i < kStep; ++i) {
          hn::Store(look_up(sums[i].index()), d16, to + (k + i) * lanes());
        }
      }
      look_up.finish(to, positions_ * lanes());
    }
  }

  void add_to_pixels(const Strip& strip, std::ptrdiff_t row, const Offsets& offsets,
                     std::size_t plane) const {
    const std::uint16_t* weights = found_.get() + row * found_row();
    const std::uint16_t* pixels = strip.pixels(row + offsets.dy, offsets.first_dx);
    std::uint32_t* sums = strip.sums(plane, row, 0);
    for (std::ptrdiff_t k = 0; k < positions_; ++k) {
      accumulate(weights, positions_ * lanes(), offsets.count, pixels, sums);
      weights += lanes();
      pixels += lanes();
      sums += 2 * lanes();
    }
  }

  /// A partner at position k has the weights of dx at k - dx. The loop runs from the last dx to the
  /// first, so that the pixels are contiguous.
  void add_to_partners(const Strip& strip, std::ptrdiff_t row, const Offsets& offsets,
                       std::size_t plane) const {
    const std::uint16_t* weights = found_.get() + row * found_row();
    const std::uint16_t* pixels = strip.pixels(row, 0);
    std::uint32_t* sums = strip.sums(plane, row + offsets.dy, 0);
    for (std::ptrdiff_t k = -reach_; k < positions_ + reach_; ++k) {
      const std::ptrdiff_t first = std::max(offsets.first_dx, k - positions_ + 1);
      const std::ptrdiff_t last = std::min(reach_, k);
      const std::ptrdiff_t at = (last - offsets.first_dx) * positions_ + k - last;
      if (first > last) continue;
      accumulate(weights + at * lanes(), (1 - positions_) * lanes(), last - first + 1,
                 pixels + (k - last) * lanes(), sums + k * 2 * lanes());
    }
  }

  const Weights& weights_;
  std::ptrdiff_t reach_;
  std::ptrdiff_t positions_;
  std::ptrdiff_t height_;
  Buffer<std::uint16_t> columns_;  // rows of column sums for one offset
  Buffer<std::uint16_t> found_;    // rows of weights by (dx, position) for one dy
};

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
