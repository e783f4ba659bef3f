// The pixels and sums of tiles of the image; compiled once for each instruction set.
#if defined(OCRTUNE_KERNELS_NLM_TILES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_TILES_INL_H
#undef OCRTUNE_KERNELS_NLM_TILES_INL_H
#else
#define OCRTUNE_KERNELS_NLM_TILES_INL_H
#endif

#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/base/aligned_memory.h"
#include "ocrtune/kernels/nlm/accumulate-inl.h"
#include "ocrtune/kernels/nlm/sums-inl.h"
#include "ocrtune/kernels/nlm/task.h"
#include "ocrtune/kernels/nlm/transpose-inl.h"
#include "ocrtune/kernels/nlm/weights.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

template <typename T>
using Buffer = hwy::AlignedFreeUniquePtr<T[]>;

template <typename T>
Buffer<T> zeros(std::ptrdiff_t count) {
  Buffer<T> buffer = aligned_memory<T>(static_cast<std::size_t>(count));
  std::fill_n(buffer.get(), count, T{0});
  return buffer;
}

/// Rows of a tile.
constexpr std::ptrdiff_t kRows = 8;

/// Columns of a tile, a multiple of 4. Those of as many tiles as a vector has lanes are at most so
/// many that the working set just fits into the L2 cache.
inline std::ptrdiff_t tile_columns(const Task& task) {
  const std::ptrdiff_t needed = task.size.width + 2 * task.reach;
  return std::min(kTilesColumns / lanes(), (needed + 3) / 4 * 4);
}

/// Tiles of kRows x columns() pixels from anywhere in the image, one in each lane of a vector.
/// The neighbour of a pixel is in the same lane of the next vector, so that all loads are aligned.
class Tiles {
 public:
  Tiles(const Task& task, std::size_t planes)
      : task_(task),
        columns_(tile_columns(task)),
        from_(static_cast<std::size_t>(lanes())),
        pixels_(zeros<std::uint16_t>(kPixelRows * pixel_row())),
        pairs_(zeros<std::uint16_t>(kSumRows * pair_row())) {
    for (std::size_t plane = 0; plane < planes; ++plane) {
      sums_.push_back(zeros<std::uint32_t>(kSumRows * sum_row()));
    }
  }

  // Row distances do not depend on the reach, so that they are constants.
  static HWY_INLINE std::ptrdiff_t pixel_row() {
    return kTilesColumns + 2 * (kMaxReach + kHalf) * lanes();
  }
  static HWY_INLINE std::ptrdiff_t pair_row() {
    return 2 * (kTilesColumns + 2 * kMaxReach * lanes());
  }
  static HWY_INLINE std::ptrdiff_t sum_row() {
    return 2 * (kTilesColumns + (2 * kMaxReach + kMoreColumns) * lanes());
  }

  HWY_INLINE std::ptrdiff_t columns() const { return columns_; }

  [[nodiscard]] bool full() const {
    return static_cast<std::ptrdiff_t>(corners_.size()) == lanes();
  }
  [[nodiscard]] bool empty() const { return corners_.empty(); }
  [[nodiscard]] std::ptrdiff_t first_row() const { return corners_.front().y; }

  /// Adds the tile with this upper left corner; those of one filling must be in order of y.
  void add(Corner corner) { corners_.push_back(corner); }

  /// Loads the pixels of all tiles, and of what is in reach of them.
  void load() {
    const std::ptrdiff_t count = columns_ + 2 * task_.halo();
    for (std::ptrdiff_t row = 0; row < kRows + 2 * kHalf + task_.reach; ++row) {
      for (std::size_t lane = 0; lane < from_.size(); ++lane) {
        const Corner corner = corners_[std::min(lane, corners_.size() - 1)];  // of any, if too few
        from_[lane] = task_.pixel(corner.x - task_.halo(), corner.y - kHalf + row);
      }
      load_row(count, pixels_.get() + row * pixel_row());
    }
    for (std::ptrdiff_t row = 0; row < kRows + task_.reach; ++row) fill_pairs(row);
  }

  HWY_INLINE const std::uint16_t* pixels(std::ptrdiff_t row, std::ptrdiff_t position) const {
    return pixels_.get() + (row + kHalf) * pixel_row() + (position + task_.halo()) * lanes();
  }

  /// Each pixel next to the one right of it, as `accumulate` takes them.
  HWY_INLINE const std::uint16_t* pairs(std::ptrdiff_t row, std::ptrdiff_t position) const {
    return pairs_.get() + row * pair_row() + (position + task_.reach) * 2 * lanes();
  }

  HWY_INLINE std::uint32_t* sums(std::size_t plane, std::ptrdiff_t row,
                                 std::ptrdiff_t position) const {
    return sums_[plane].get() + row * sum_row() + (position + task_.reach) * 2 * lanes();
  }

  /// Adds all sums to those of the image, and removes the tiles.
  template <class SumRows>
  void take_sums(SumRows& rows) {
    for (std::size_t plane = 0; plane < sums_.size(); ++plane) {
      for (std::ptrdiff_t row = 0; row < kRows + task_.reach; ++row) take_row(rows, plane, row);
    }
    corners_.clear();
  }

 private:
  static constexpr std::ptrdiff_t kPixelRows = kRows + 2 * kHalf + kMaxReach;
  static constexpr std::ptrdiff_t kSumRows = kRows + kMaxReach;
  /// Pixels and lanes that are transposed at once.
  static constexpr std::ptrdiff_t kSquare = 16;
  /// Columns behind the last one, so that a vector of columns may begin at any.
  static constexpr std::ptrdiff_t kMoreColumns = 16;

  /// Loads `count` pixels of each lane from where its row begins.
  void load_row(std::ptrdiff_t count, std::uint16_t* to) const {
    std::ptrdiff_t k = 0;
#if HWY_TARGET != HWY_SCALAR
    for (; k + kSquare <= count; k += kSquare) {
      for (std::ptrdiff_t lane = 0; lane < lanes(); lane += kSquare) {
        load_square(lane, k, to + k * lanes() + lane);
      }
    }
#endif
    for (; k < count; ++k) {
      for (std::ptrdiff_t lane = 0; lane < lanes(); ++lane) to[k * lanes() + lane] = from(lane)[k];
    }
  }

#if HWY_TARGET != HWY_SCALAR
  /// Loads kSquare pixels from `k` on of as many lanes, or half as many if a vector has no more.
  HWY_INLINE void load_square(std::ptrdiff_t lane, std::ptrdiff_t k, std::uint16_t* to) const {
    using D = hn::FixedTag<std::uint8_t, kSquare>;
    const D d;
    const hn::Half<D> half;
    const hn::Rebind<std::uint16_t, hn::Half<D>> wide;
    hn::Vec<D> pixels[kSquare];
    for (std::ptrdiff_t i = 0; i < kSquare; ++i) {
      pixels[i] = hn::LoadU(d, from(std::min(lane + i, lanes() - 1)) + k);
    }
    transpose(d, pixels);
    for (std::ptrdiff_t i = 0; i < kSquare; ++i, to += lanes()) {
      hn::StoreU(hn::PromoteTo(wide, hn::LowerHalf(half, pixels[i])), wide, to);
      if (lanes() < kSquare) continue;
      hn::StoreU(hn::PromoteTo(wide, hn::UpperHalf(half, pixels[i])), wide, to + kSquare / 2);
    }
  }
#endif

  HWY_INLINE const std::uint8_t* from(std::ptrdiff_t lane) const {
    return from_[static_cast<std::size_t>(lane)];
  }

  void fill_pairs(std::ptrdiff_t row) const {
    const std::uint16_t* from = pixels(row, -task_.reach);
    std::uint16_t* to = pairs_.get() + row * pair_row();
    for (std::ptrdiff_t k = 0; k < columns_ + 2 * task_.reach; ++k) {
      store_pairs(hn::Load(d16, from), hn::Load(d16, from + lanes()), to);
      from += lanes();
      to += 2 * lanes();
    }
  }

  template <class SumRows>
  void take_row(SumRows& rows, std::size_t plane, std::ptrdiff_t row) {
    const std::ptrdiff_t count = columns_ + 2 * task_.reach;
    for (std::ptrdiff_t k = 0; k < count; k += static_cast<std::ptrdiff_t>(hn::Lanes(d32))) {
      for (std::size_t lane = 0; lane < corners_.size(); lane += kGroup) {
        take_columns(rows, plane, row, k - task_.reach, lane);
      }
    }
    std::fill_n(sums(plane, row, -task_.reach), 2 * count * lanes(), 0U);
  }

  /// Adds the sums of kGroup lanes and a vector of columns from position k on; those behind the
  /// last column are 0.
  template <class SumRows>
  HWY_INLINE void take_columns(SumRows& rows, std::size_t plane, std::ptrdiff_t row,
                               std::ptrdiff_t k, std::size_t lane) const {
    const std::uint32_t* from =
        sums(plane, row, k) + lane_position(static_cast<std::ptrdiff_t>(lane));
    V32 estimates[kGroup];
    V32 weights[kGroup];
    columns_of_lanes(from, 2 * lanes(), estimates);
    columns_of_lanes(from + lanes(), 2 * lanes(), weights);
    for (std::size_t i = 0; i < kGroup && lane + i < corners_.size(); ++i) {
      const Corner corner = corners_[lane + i];
      const std::ptrdiff_t y = corner.y + row;
      if (y < 0 || y >= task_.size.height) continue;
      add_to_columns(estimates[i], plane, rows.estimate(y) + corner.x + k);
      add_to_columns(weights[i], plane, rows.weight(y) + corner.x + k);
    }
  }

  static HWY_INLINE void add_to_columns(V32 sums, std::size_t plane, std::uint32_t* to) {
    if (plane != 0) sums = hn::ShiftLeft<kPlaneBits>(sums);
    hn::StoreU(hn::Add(hn::LoadU(d32, to), sums), d32, to);
  }

  const Task& task_;
  std::ptrdiff_t columns_;
  std::vector<Corner> corners_;
  std::vector<const std::uint8_t*> from_;    // a row's pixels by lane
  Buffer<std::uint16_t> pixels_;             // from row -kHalf and position -halo on
  Buffer<std::uint16_t> pairs_;              // from row 0 and position -reach on
  std::vector<Buffer<std::uint32_t>> sums_;  // from position -reach on
};

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
