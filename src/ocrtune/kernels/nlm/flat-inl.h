// Patches of a single gray level, whose weights need no pairs; compiled once for each instruction
// set.
#if defined(OCRTUNE_KERNELS_NLM_FLAT_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_KERNELS_NLM_FLAT_INL_H
#undef OCRTUNE_KERNELS_NLM_FLAT_INL_H
#else
#define OCRTUNE_KERNELS_NLM_FLAT_INL_H
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

#include "ocrtune/kernels/nlm/ring.h"
#include "ocrtune/kernels/nlm/task.h"
#include "ocrtune/kernels/nlm/tiles-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

/// For columns of the image, which are not in the order of tiles.
using DColumns = hn::ScalableTag<std::uint32_t>;

/// Pixels whose patch has a single gray level, the most frequent one, as most of a page has after
/// division by its blur. The distance of such a patch to another depends on the other alone, so
/// that for a flat pixel, estimate and weight are sums over its window of a weight for each pixel;
/// and for another, the weight of all flat partners is the same. Pairs of two flat pixels, or of a
/// flat one and another, are not needed in tiles that are entirely flat.
///
/// Rows and columns of the border count as pixels here, from -reach on.
class FlatPatches {
 public:
  /// `level`: the gray level.
  FlatPatches(const Task& task, std::uint8_t level)
      : task_(task),
        level_(level),
        columns_(task.size.width + 2 * task.reach),
        tile_columns_(tile_columns(task)),
        tiles_((columns_ + tile_columns_ - 1) / tile_columns_),
        patch_columns_(padded(columns_ + 2 * kHalf)),
        not_flat_(columns_),
        weights_(columns_),
        window_weights_(padded(columns_)),
        window_estimates_(padded(columns_)),
        weight_before_(padded(columns_) + 1),
        estimate_before_(padded(columns_) + 1),
        above_(padded(tiles_ * tile_columns_) + 1),
        beside_(padded(tiles_ * tile_columns_) + 1) {
    table_ = whole_weights(task.weights);
    table_.push_back(0);
    for (std::ptrdiff_t y = 0; y < 2 * kHalf; ++y) add_to_patches(y - task.reach - kHalf, 1);
  }

  /// Whether all pixels of a tile are flat. Tiles must be requested in order of y.
  bool is_flat(Corner tile) {
    require(tile.y + kRows - 1);
    const std::ptrdiff_t first = tile.x + task_.reach;
    const std::ptrdiff_t end = std::min(first + tile_columns_, columns_);
    for (std::ptrdiff_t y = tile.y; y < std::min(tile.y + kRows, end_row()); ++y) {
      const std::uint8_t* row = not_flat_.row(y) + first;
      if (std::memchr(row, 1, static_cast<std::size_t>(end - first)) != nullptr) return false;
    }
    return true;
  }

  /// Notes a tile that is left out.
  void leave_out(Corner tile) {
    const auto band = static_cast<std::size_t>((tile.y + task_.reach) / kRows);
    left_out_.resize(std::max(left_out_.size(), (band + 1) * static_cast<std::size_t>(tiles_)));
    left_out_[band * static_cast<std::size_t>(tiles_) +
              static_cast<std::size_t>((tile.x + task_.reach) / tile_columns_)] = 1;
  }

  /// Adds to a row's sums what they miss from tiles that were left out, and sets those of flat
  /// pixels; without the pixel itself and the bias, which are added to all sums later. Rows must be
  /// requested in order. `window`: sums of the pixels in the window, if weights have a bias.
  void add_to(std::ptrdiff_t y, const std::vector<std::uint32_t>& window, std::uint32_t* estimate,
              std::uint32_t* weight) {
    if (left_out_.empty()) return;
    next_window(y);
    count_left_out(y);
    const DColumns d;
    for (std::ptrdiff_t x = 0; x < task_.size.width;
         x += static_cast<std::ptrdiff_t>(hn::Lanes(d))) {
      add_to_vector(y, x, window.data(), estimate, weight);
    }
  }

 private:
  static std::size_t padded(std::ptrdiff_t count) {
    return static_cast<std::size_t>(count) + 2 * hn::Lanes(DColumns());
  }

  /// The same for a vector of pixels from x on.
  void add_to_vector(std::ptrdiff_t y, std::ptrdiff_t x, const std::uint32_t* window,
                     std::uint32_t* estimate, std::uint32_t* weight) {
    const DColumns d;
    const hn::Rebind<std::uint8_t, DColumns> du8;
    const std::ptrdiff_t search = 2 * task_.reach + 1;
    const auto bias = hn::Set(d, task_.weights.bias);
    const auto one = hn::Set(d, task_.weights.one);
    const auto others = hn::Set(d, static_cast<std::uint32_t>(search * search - 1));
    const auto pixel = hn::PromoteTo(d, hn::LoadU(du8, task_.pixel(x, y)));
    const auto in_window = [&](const std::vector<std::uint32_t>& before, std::ptrdiff_t count) {
      const std::uint32_t* from = before.data() + x;
      return hn::Sub(hn::LoadU(d, from + count), hn::LoadU(d, from));
    };
    auto flat_estimate = hn::Sub(in_window(estimate_before_, search), hn::Mul(one, pixel));
    auto flat_weight = hn::Sub(in_window(weight_before_, search), one);
    if (task_.weights.bias != 0) {
      flat_estimate =
          hn::Sub(flat_estimate, hn::Mul(bias, hn::Sub(hn::LoadU(d, window + x), pixel)));
      flat_weight = hn::Sub(flat_weight, hn::Mul(bias, others));
    }
    const auto count = hn::Add(in_window(above_, search), in_window(beside_, task_.reach));
    const auto each = hn::Sub(hn::LoadU(d, weights_.row(y) + task_.reach + x), bias);
    const auto missing = hn::Mul(count, each);
    const auto other_weight = hn::Add(hn::LoadU(d, weight + x), missing);
    const auto other_estimate =
        hn::Add(hn::LoadU(d, estimate + x), hn::Mul(missing, hn::Set(d, level_)));
    const auto not_flat = hn::PromoteTo(d, hn::LoadU(du8, not_flat_.row(y) + task_.reach + x));
    const auto flat = hn::Eq(not_flat, hn::Zero(d));
    hn::StoreU(hn::IfThenElse(flat, flat_estimate, other_estimate), d, estimate + x);
    hn::StoreU(hn::IfThenElse(flat, flat_weight, other_weight), d, weight + x);
  }

  std::ptrdiff_t end_row() const { return task_.size.height + task_.reach; }

  /// Computes the rows up to y.
  void require(std::ptrdiff_t y) {
    for (; next_row_ <= std::min(y, end_row() - 1); ++next_row_) compute(next_row_);
  }

  /// Adds the squared differences of a row from the level to those of columns, or subtracts them.
  void add_to_patches(std::ptrdiff_t y, std::uint32_t sign) {
    const DColumns d;
    const hn::Rebind<std::uint8_t, DColumns> du8;
    const std::uint8_t* row = task_.pixel(-task_.reach - kHalf, y);
    const auto level = hn::Set(d, level_);
    const auto factor = hn::Set(d, sign);
    for (std::size_t x = 0; x < static_cast<std::size_t>(columns_ + 2 * kHalf); x += hn::Lanes(d)) {
      const auto difference = hn::Sub(hn::PromoteTo(d, hn::LoadU(du8, row + x)), level);
      const auto square = hn::Mul(hn::Mul(difference, difference), factor);
      hn::StoreU(hn::Add(hn::LoadU(d, &patch_columns_[x]), square), d, &patch_columns_[x]);
    }
  }

  /// Which of a row's pixels are not flat, and the weights of pairs of each with a flat one.
  void compute(std::ptrdiff_t y) {
    add_to_patches(y + kHalf, 1);
    std::uint8_t* not_flat = not_flat_.row(y);
    std::uint32_t* weights = weights_.row(y);
    const DColumns d;
    const hn::Rebind<std::uint8_t, DColumns> du8;
    const hn::RebindToSigned<DColumns> di;
    const auto last = hn::Set(d, static_cast<std::uint32_t>(table_.size() - 1));
    for (std::size_t x = 0; x < static_cast<std::size_t>(columns_); x += hn::Lanes(d)) {
      auto sum = hn::LoadU(d, &patch_columns_[x]);
      for (std::size_t i = 1; i < kTemplate; ++i) {
        sum = hn::Add(sum, hn::LoadU(d, &patch_columns_[x + i]));
      }
      const auto index = hn::Min(hn::ShiftRight<kShift>(sum), last);
      hn::StoreU(hn::GatherIndex(d, table_.data(), hn::BitCast(di, index)), d, weights + x);
      const auto differs = hn::Min(sum, hn::Set(d, 1));
      hn::StoreU(hn::DemoteTo(du8, hn::BitCast(di, differs)), du8, not_flat + x);
    }
    add_to_patches(y - kHalf, ~0U);
  }

  /// Moves the window's columns to those around row y, and sums them.
  void next_window(std::ptrdiff_t y) {
    require(y + task_.reach);
    if (window_begin_ == window_end_) window_begin_ = window_end_ = y - task_.reach;  // none yet
    for (; window_end_ <= y + task_.reach; ++window_end_) add_to_window(window_end_, 1);
    for (; window_begin_ < y - task_.reach; ++window_begin_) add_to_window(window_begin_, ~0U);
    sum_before(window_weights_, weight_before_);
    sum_before(window_estimates_, estimate_before_);
  }

  /// For each column, the sum of those before it.
  void sum_before(const std::vector<std::uint32_t>& columns,
                  std::vector<std::uint32_t>& before) const {
    std::partial_sum(columns.begin(), columns.begin() + columns_, before.begin() + 1);
  }

  /// Adds a row's weights, and its weighted pixels, to those of columns, or subtracts them.
  void add_to_window(std::ptrdiff_t y, std::uint32_t sign) {
    const DColumns d;
    const hn::Rebind<std::uint8_t, DColumns> du8;
    const std::uint8_t* pixels = task_.pixel(-task_.reach, y);
    const std::uint32_t* weights = weights_.row(y);
    const auto factor = hn::Set(d, sign);
    for (std::size_t x = 0; x < static_cast<std::size_t>(columns_); x += hn::Lanes(d)) {
      const auto weight = hn::Mul(hn::LoadU(d, weights + x), factor);
      const auto estimate = hn::Mul(weight, hn::PromoteTo(d, hn::LoadU(du8, pixels + x)));
      hn::StoreU(hn::Add(hn::LoadU(d, &window_weights_[x]), weight), d, &window_weights_[x]);
      hn::StoreU(hn::Add(hn::LoadU(d, &window_estimates_[x]), estimate), d, &window_estimates_[x]);
    }
  }

  /// For each column, how many pixels of tiles that were left out are before it in the rows above
  /// that are in reach of row y, and in row y.
  void count_left_out(std::ptrdiff_t y) {
    const std::ptrdiff_t end = y + task_.reach;  // rows from the first tiles' on
    const std::ptrdiff_t first_band = y / kRows;
    const std::ptrdiff_t band = end / kRows;
    for (std::ptrdiff_t tile = 0; tile < tiles_; ++tile) {
      std::uint32_t rows = 0;
      for (std::ptrdiff_t b = first_band; b <= band; ++b) {
        const std::ptrdiff_t in_band = std::min(end, (b + 1) * kRows) - std::max(y, b * kRows);
        rows += static_cast<std::uint32_t>(in_band) * left_out(b, tile);
      }
      add_run(tile, rows, above_);
      add_run(tile, left_out(band, tile), beside_);
    }
  }

  /// Continues sums of the columns before with `each` for every column of a tile.
  void add_run(std::ptrdiff_t tile, std::uint32_t each, std::vector<std::uint32_t>& before) const {
    const DColumns d;
    std::uint32_t* from = before.data() + tile * tile_columns_;
    auto sum = hn::Add(hn::Set(d, from[0] + each), hn::Mul(hn::Iota(d, 0), hn::Set(d, each)));
    const auto step = hn::Set(d, each * static_cast<std::uint32_t>(hn::Lanes(d)));
    for (std::ptrdiff_t x = 0; x < tile_columns_; x += static_cast<std::ptrdiff_t>(hn::Lanes(d))) {
      hn::StoreU(sum, d, from + 1 + x);
      sum = hn::Add(sum, step);
    }
  }

  /// 1 if a tile was left out, else 0.
  std::uint32_t left_out(std::ptrdiff_t band, std::ptrdiff_t tile) const {
    const auto at = static_cast<std::size_t>(band * tiles_ + tile);
    return at < left_out_.size() ? left_out_[at] : 0U;
  }

  const Task& task_;
  std::uint32_t level_;
  std::ptrdiff_t columns_;  // with the border's
  std::ptrdiff_t tile_columns_;
  std::ptrdiff_t tiles_;                      // of a row
  std::vector<std::uint32_t> table_;          // weights by index, and 0
  std::vector<std::uint32_t> patch_columns_;  // squared differences over the patch's rows
  Ring<std::uint8_t> not_flat_;               // 1 or 0
  Ring<std::uint32_t> weights_;
  std::vector<std::uint32_t> window_weights_;  // sums over the window's rows
  std::vector<std::uint32_t> window_estimates_;
  std::vector<std::uint32_t> weight_before_;  // sums of the columns before
  std::vector<std::uint32_t> estimate_before_;
  std::vector<std::uint32_t> above_;  // count_left_out
  std::vector<std::uint32_t> beside_;
  std::vector<std::uint8_t> left_out_;  // by tile
  std::ptrdiff_t next_row_ = -task_.reach;
  std::ptrdiff_t window_begin_ = -task_.reach;
  std::ptrdiff_t window_end_ = -task_.reach;
};

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
