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

#include "ocrtune/kernels/nlm/accumulate-inl.h"
#include "ocrtune/kernels/nlm/sums-inl.h"
#include "ocrtune/kernels/nlm/tiles-inl.h"
#include "ocrtune/kernels/nlm/weights.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

/// The offsets of one dy, from first_dx on.
struct Offsets {
  std::ptrdiff_t dy;
  std::ptrdiff_t first_dx;
  std::ptrdiff_t count;
};

/// Adds the pairs of tiles' pixels and those to the right of them or below.
///
/// The distance of two patches is symmetric, so each pair is computed once and added to the sums of
/// both.
template <class Sum, class LookUp>
class Block {
 public:
  explicit Block(const Task& task)
      : weights_(task.weights),
        reach_(task.reach),
        tile_columns_(tile_columns(task)),
        columns_(zeros<std::uint16_t>(kRows * column_row())),
        found_(zeros<std::uint16_t>(kRows * found_row())) {}

  void add(const Tiles& tiles, std::size_t plane) {
    const LookUp look_up(weights_, plane);
    for (std::ptrdiff_t dy = 0; dy <= reach_; ++dy) {
      const Offsets offsets =
          dy == 0 ? Offsets{0, 1, reach_} : Offsets{dy, -reach_, 2 * reach_ + 1};
      for (std::ptrdiff_t i = 0; i < offsets.count; ++i) {
        sum_columns(tiles, dy, offsets.first_dx + i);
        sum_rows(look_up, found_.get() + i * found_step());
      }
      for (std::ptrdiff_t row = 0; row < kRows; ++row) {
        add_to_pixels(tiles, row, offsets, plane);
        add_to_partners(tiles, row, offsets, plane);
      }
    }
  }

 private:
  static HWY_INLINE std::ptrdiff_t column_row() {
    return (kTilesColumns + 2 * kHalf * lanes()) * Sum::kVectors;
  }
  /// From the weights of one dx to those of the next.
  HWY_INLINE std::ptrdiff_t found_step() const { return tile_columns_ * lanes(); }
  static HWY_INLINE std::ptrdiff_t found_row() { return (2 * kMaxReach + 1) * kTilesColumns; }

  /// Sums of the squared differences over the template's height, from position -kHalf on.
  void sum_columns(const Tiles& tiles, std::ptrdiff_t dy, std::ptrdiff_t dx) const {
    constexpr std::ptrdiff_t kInputs = kRows + 2 * kHalf;
    const std::uint16_t* here = tiles.pixels(-kHalf, -kHalf);
    const std::uint16_t* there = tiles.pixels(dy - kHalf, dx - kHalf);
    std::uint16_t* to = columns_.get();
    for (std::ptrdiff_t k = 0; k < tile_columns_ + 2 * kHalf; ++k) {
      Sum squares[kInputs];
#pragma GCC unroll 16
      for (std::ptrdiff_t row = 0; row < kInputs; ++row) {
        squares[row] = Sum::square(hn::Sub(hn::Load(d16, here + row * Tiles::pixel_row()),
                                           hn::Load(d16, there + row * Tiles::pixel_row())));
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
  void sum_rows(const LookUp& tables, std::uint16_t* to) const {
    const LookUp look_up = tables;
    constexpr std::ptrdiff_t kStep = 4;
    const std::uint16_t* from = columns_.get();
    for (std::ptrdiff_t row = 0; row < kRows; ++row, from += column_row(), to += found_row()) {
      for (std::ptrdiff_t k = 0; k < tile_columns_; k += kStep) {
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
      look_up.finish(to, found_step());
    }
  }

  void add_to_pixels(const Tiles& tiles, std::ptrdiff_t row, const Offsets& offsets,
                     std::size_t plane) const {
    const std::uint16_t* weights = found_.get() + row * found_row();
    const std::uint16_t* pairs = tiles.pairs(row + offsets.dy, offsets.first_dx);
    std::uint32_t* sums = tiles.sums(plane, row, 0);
    for (std::ptrdiff_t k = 0; k < tile_columns_; ++k) {
      accumulate(weights, found_step(), offsets.count, pairs, sums);
      weights += lanes();
      pairs += 2 * lanes();
      sums += 2 * lanes();
    }
  }

  /// A partner at position k has the weights of dx at k - dx. The loop runs from the last dx to the
  /// first, so that the pixels are contiguous.
  void add_to_partners(const Tiles& tiles, std::ptrdiff_t row, const Offsets& offsets,
                       std::size_t plane) const {
    const std::uint16_t* weights = found_.get() + row * found_row();
    const std::uint16_t* pairs = tiles.pairs(row, 0);
    std::uint32_t* sums = tiles.sums(plane, row + offsets.dy, 0);
    for (std::ptrdiff_t k = -reach_; k < tile_columns_ + reach_; ++k) {
      const std::ptrdiff_t first = std::max(offsets.first_dx, k - tile_columns_ + 1);
      const std::ptrdiff_t last = std::min(reach_, k);
      const std::ptrdiff_t at = (last - offsets.first_dx) * tile_columns_ + k - last;
      if (first > last) continue;
      accumulate(weights + at * lanes(), lanes() - found_step(), last - first + 1,
                 pairs + (k - last) * 2 * lanes(), sums + k * 2 * lanes());
    }
  }

  const Weights& weights_;
  std::ptrdiff_t reach_;
  std::ptrdiff_t tile_columns_;
  Buffer<std::uint16_t> columns_;  // rows of column sums for one offset
  Buffer<std::uint16_t> found_;    // rows of weights by (dx, position) for one dy
};

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
