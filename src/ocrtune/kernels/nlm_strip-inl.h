// The pixels and sums of a part of the image; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_STRIP_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_STRIP_INL_H
#undef OCRTUNE_KERNELS_NLM_STRIP_INL_H
#else
#define OCRTUNE_KERNELS_NLM_STRIP_INL_H
#endif

#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/kernels/nlm_accumulate-inl.h"
#include "ocrtune/kernels/nlm_sums-inl.h"
#include "ocrtune/kernels/nlm_weights.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

template <typename T>
using Buffer = hwy::AlignedFreeUniquePtr<T[]>;

template <typename T>
Buffer<T> zeros(std::ptrdiff_t count) {
  Buffer<T> buffer = hwy::AllocateAligned<T>(static_cast<std::size_t>(count));
  std::fill_n(buffer.get(), count, T{0});
  return buffer;
}

/// Rows processed at a time.
constexpr std::ptrdiff_t kRows = 8;
/// Columns of a strip, so many that the working set just fits into the L2 cache.
constexpr std::ptrdiff_t kStripColumns = 512;

/// How the image's columns, and `reach` more on either side, are distributed over strips, and those
/// of a strip over vectors: lane l of the vector at position k holds column l * positions + k. The
/// neighbour of a column is then in the same lane of the next vector, and all loads are aligned.
struct Layout {
  Layout(int width, std::ptrdiff_t reach_) : reach(reach_), halo(reach_ + kHalf) {
    const std::ptrdiff_t columns = width + 2 * reach;
    strips = (columns + kStripColumns - 1) / kStripColumns;
    positions = std::max((columns + strips * lanes() - 1) / (strips * lanes()), kFewest);
  }

  static constexpr std::ptrdiff_t kFewest = 4;
  std::ptrdiff_t reach;
  std::ptrdiff_t halo;
  std::ptrdiff_t strips;
  std::ptrdiff_t positions;
};

/// A strip's pixels and sums, of the rows that a block of kRows rows needs.
class Strip {
 public:
  Strip(const Layout& layout, std::ptrdiff_t number, std::size_t planes)
      : layout_(layout),
        first_column_(number * lanes() * layout.positions),
        pixels_(zeros<std::uint16_t>(kPixelRows * pixel_row())) {
    for (std::size_t plane = 0; plane < planes; ++plane) {
      sums_.push_back(zeros<std::uint32_t>(kSumRows * sum_row()));
    }
  }

  // Row distances do not depend on the layout, so that they are constants.
  static HWY_INLINE std::ptrdiff_t pixel_row() {
    return kStripColumns + 2 * (kMaxReach + kHalf) * lanes();
  }
  static HWY_INLINE std::ptrdiff_t sum_row() {
    return 2 * (kStripColumns + 2 * kMaxReach * lanes());
  }

  /// Moves the contents up by kRows rows.
  void scroll() {
    std::copy(pixels_.get() + kRows * pixel_row(), pixels_.get() + kPixelRows * pixel_row(),
              pixels_.get());
    first_sums_ = (first_sums_ + kRows) % kSumRows;
  }

  /// Sets a row, counted from the block's first. `columns` are the image's, from -reach - halo on.
  void set_pixels(std::ptrdiff_t row, const std::uint8_t* columns) {
    const std::ptrdiff_t positions = layout_.positions;
    const std::uint8_t* from = columns + first_column_;
    std::uint16_t* to = pixels_.get() + (row + kHalf) * pixel_row();
    for (std::ptrdiff_t k = 0; k < positions + 2 * layout_.halo; ++k, to += lanes()) {
      if (k < positions) {
        for (std::ptrdiff_t lane = 0; lane < lanes(); ++lane) to[lane] = from[lane * positions + k];
      } else {
        std::copy_n(to - positions * lanes() + 1, lanes() - 1, to);
        to[lanes() - 1] = from[(lanes() - 1) * positions + k];
      }
    }
  }

  HWY_INLINE const std::uint16_t* pixels(std::ptrdiff_t row, std::ptrdiff_t position) const {
    return pixels_.get() + (row + kHalf) * pixel_row() + (position + layout_.halo) * lanes();
  }

  HWY_INLINE std::uint32_t* sums(std::size_t plane, std::ptrdiff_t row,
                                 std::ptrdiff_t position) const {
    return sums_[plane].get() + (first_sums_ + row) % kSumRows * sum_row() +
           (position + layout_.reach) * 2 * lanes();
  }

  /// Adds a row's sums to those of the image's columns, from -2 * reach on, and clears them.
  void take_sums(std::size_t plane, std::ptrdiff_t row, std::uint32_t* estimate,
                 std::uint32_t* weight) {
    std::uint32_t* from = sums(plane, row, -layout_.reach);
    for (std::ptrdiff_t lane = 0; lane < lanes(); ++lane) {
      const std::ptrdiff_t column = first_column_ + lane * layout_.positions;
      const std::uint32_t* lane_from = from + lane_position(lane);
      for (std::ptrdiff_t k = 0; k < layout_.positions + 2 * layout_.reach; ++k) {
        estimate[column + k] += lane_from[k * 2 * lanes()] << (kPlaneBits * plane);
        weight[column + k] += lane_from[k * 2 * lanes() + lanes()] << (kPlaneBits * plane);
      }
    }
    std::fill_n(from, sum_row(), 0U);
  }

 private:
  static constexpr std::ptrdiff_t kPixelRows = kRows + 2 * kHalf + kMaxReach;
  static constexpr std::ptrdiff_t kSumRows = kRows + kMaxReach;

  const Layout& layout_;
  std::ptrdiff_t first_column_;
  Buffer<std::uint16_t> pixels_;             // from row -kHalf and position -halo on
  std::vector<Buffer<std::uint32_t>> sums_;  // from position -reach on
  std::ptrdiff_t first_sums_ = 0;
};

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
