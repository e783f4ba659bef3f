#include "ocrtune/kernels/nlm/nlm.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/measure/gray_statistics.h"
#include "ocrtune/kernels/nlm/ring.h"
#include "ocrtune/kernels/nlm/task.h"
#include "ocrtune/kernels/nlm/weights.h"

// Highway compiles the rest of this file once for each instruction set, with AVX-512 VNNI apart.
#define HWY_WANT_AVX3_DL
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/nlm/nlm.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#include "ocrtune/kernels/nlm/block-inl.h"
#include "ocrtune/kernels/nlm/flat-inl.h"
#include "ocrtune/kernels/nlm/look_up-inl.h"
#include "ocrtune/kernels/nlm/sums-inl.h"
#include "ocrtune/kernels/nlm/tiles-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

/// Sums of the pixels in the search window, a row at a time.
class WindowSums {
 public:
  explicit WindowSums(const Task& task)
      : task_(task), columns_(static_cast<std::size_t>(task.size.width + 2 * task.reach)) {
    for (std::ptrdiff_t y = 0; y < 2 * task.reach; ++y) add_row(y - task.reach, 1);
  }

  /// Rows must be requested in order.
  void next_row(std::ptrdiff_t y, std::vector<std::uint32_t>& sums) {
    const std::ptrdiff_t last = 2 * task_.reach;
    add_row(y + task_.reach, 1);
    const std::uint32_t* columns = columns_.data();
    std::uint32_t sum = std::accumulate(columns, columns + last, 0U);
    for (int x = 0; x < task_.size.width; ++x) {
      sum += columns[last];
      sums[static_cast<std::size_t>(x)] = sum;
      sum -= *columns++;
    }
    add_row(y - task_.reach, -1);
  }

 private:
  void add_row(std::ptrdiff_t y, int sign) {
    const std::uint8_t* row = task_.pixel(-task_.reach, y);
    for (std::size_t x = 0; x < columns_.size(); ++x) {
      columns_[x] += static_cast<std::uint32_t>(sign * row[x]);
    }
  }

  const Task& task_;
  std::vector<std::uint32_t> columns_;
};

/// The sums of the image's rows that are not complete yet.
class SumRows {
 public:
  explicit SumRows(const Task& task)
      : margin_(2 * task.reach),
        estimates_(task.size.width + 2 * margin_ + tile_columns(task)),
        weights_(task.size.width + 2 * margin_ + tile_columns(task)),
        width_(task.size.width) {}

  /// From column -2 * reach to a tile behind the image.
  std::uint32_t* estimate(std::ptrdiff_t y) { return estimates_.row(y) + margin_; }
  std::uint32_t* weight(std::ptrdiff_t y) { return weights_.row(y) + margin_; }

  void clear(std::ptrdiff_t y) {
    std::fill_n(estimate(y), width_, 0U);
    std::fill_n(weight(y), width_, 0U);
  }

 private:
  std::ptrdiff_t margin_;
  Ring<std::uint32_t> estimates_;
  Ring<std::uint32_t> weights_;
  std::ptrdiff_t width_;
};

template <class Sum, class LookUp>
class Denoiser {
 public:
  explicit Denoiser(const Task& task)
      : task_(task),
        block_(task),
        windows_(task),
        window_(static_cast<std::size_t>(task.size.width) + hn::Lanes(DColumns())),
        rows_(task),
        tiles_(task, task.weights.planes.size()) {
    if (task.flat_level) flat_.emplace(task, *task.flat_level);
  }

  void run(cv::Mat& out) {
    for (std::ptrdiff_t top = -task_.reach; top < task_.size.height; top += kRows) {
      add_tiles(top);
      if (!tiles_.empty() && top - tiles_.first_row() >= kMaxPending) process();
      finish_rows(tiles_.empty() ? top + kRows : tiles_.first_row(), out);
    }
    if (!tiles_.empty()) process();
    finish_rows(task_.size.height, out);
  }

 private:
  /// Rows from the first tile that waits to the last.
  static constexpr std::ptrdiff_t kMaxPending = 64;
  static_assert(kMaxPending + 2 * kRows + 2 * kMaxReach <= kRingRows);

  /// Adds the tiles of a row of them, and processes tiles when there is one for each lane.
  void add_tiles(std::ptrdiff_t top) {
    for (std::ptrdiff_t x = -task_.reach; x < task_.size.width + task_.reach;
         x += tiles_.columns()) {
      const Corner corner{x, top};
      if (flat_ && flat_->is_flat(corner)) {
        flat_->leave_out(corner);
        continue;
      }
      tiles_.add(corner);
      if (tiles_.full()) process();
    }
  }

  void process() {
    tiles_.load();
    for (std::size_t plane = 0; plane < task_.weights.planes.size(); ++plane) {
      block_.add(tiles_, plane);
    }
    tiles_.take_sums(rows_);
  }

  /// Finishes the rows before `end` that are not finished.
  void finish_rows(std::ptrdiff_t end, cv::Mat& out) {
    for (; finished_ < std::min<std::ptrdiff_t>(end, task_.size.height); ++finished_) {
      finish_row(finished_, out);
    }
  }

  void finish_row(std::ptrdiff_t y, cv::Mat& out) {
    std::uint8_t* to = out.ptr<std::uint8_t>(static_cast<int>(y));
    if (task_.weights.bias != 0) windows_.next_row(y, window_);
    estimate_ = rows_.estimate(y);
    weight_ = rows_.weight(y);
    if (flat_) flat_->add_to(y, window_, estimate_, weight_);
    const std::uint8_t* pixels = task_.pixel(0, y);
    const std::ptrdiff_t width = task_.size.width;
    const hn::ScalableTag<double> d;
    const auto step = static_cast<std::ptrdiff_t>(hn::Lanes(d));
    std::ptrdiff_t x = 0;
    for (; x + step <= width; x += step) divide<hn::ScalableTag<double>>(x, pixels, to);
    for (; x < width; ++x) divide<hn::CappedTag<double, 1>>(x, pixels, to);
    rows_.clear(y);
  }

  /// Sets pixels from x on to (estimate + weight / 2) / weight, integers below 2^31. Doubles give
  /// the same: a quotient q / w that is not an integer is at least 1 / w > 2^-31 below the next
  /// integer, and below 256, so that rounding it to 53 bits does not reach that.
  template <class D>
  HWY_INLINE void divide(std::ptrdiff_t x, const std::uint8_t* pixels, std::uint8_t* to) const {
    const D d;
    const hn::Rebind<std::int32_t, D> di32;
    const hn::Rebind<std::uint32_t, D> du32;
    const hn::Rebind<std::uint8_t, D> du8;
    // Adds what the sums do not include: the pixel itself, whose weight is `one`, and the bias of
    // the others' weights.
    const auto one = hn::Set(du32, task_.weights.one);
    const auto bias = hn::Set(du32, task_.weights.bias);
    const auto search = static_cast<std::uint32_t>(2 * task_.reach + 1);
    const auto partners = hn::Set(du32, search * search - 1);
    const auto pixel = hn::PromoteTo(du32, hn::LoadU(du8, pixels + x));
    const auto others = hn::Sub(hn::LoadU(du32, window_.data() + x), pixel);
    auto estimate = hn::LoadU(du32, estimate_ + x);
    estimate = hn::Add(estimate, hn::Add(hn::Mul(one, pixel), hn::Mul(bias, others)));
    auto weight = hn::LoadU(du32, weight_ + x);
    weight = hn::Add(weight, hn::Add(one, hn::Mul(bias, partners)));
    const auto half = hn::PromoteTo(d, hn::BitCast(di32, hn::ShiftRight<1>(weight)));
    const auto rounded = hn::Add(hn::PromoteTo(d, hn::BitCast(di32, estimate)), half);
    const auto quotient = hn::Div(rounded, hn::PromoteTo(d, hn::BitCast(di32, weight)));
    hn::StoreU(hn::DemoteTo(du8, hn::DemoteTo(di32, quotient)), du8, to + x);
  }

  const Task& task_;
  Block<Sum, LookUp> block_;
  WindowSums windows_;
  std::vector<std::uint32_t> window_;
  SumRows rows_;
  Tiles tiles_;
  std::optional<FlatPatches> flat_;
  std::ptrdiff_t finished_ = 0;        // rows
  std::uint32_t* estimate_ = nullptr;  // of the row that is finished
  std::uint32_t* weight_ = nullptr;
};

#if HWY_TARGET <= HWY_AVX3
/// With the smallest tables that the factors fit into.
template <bool kShifted>
void by_factors(const Task& task, cv::Mat& out) {
  const Weights& weights = task.weights;
  if (weights.narrow) return Denoiser<NarrowSum, FactorLookUp<16, kShifted>>(task).run(out);
  if (weights.cutoff <= 32 * Factors::kBlock) {
    return Denoiser<WideSum, FactorLookUp<32, kShifted>>(task).run(out);
  }
  if (weights.cutoff <= 48 * Factors::kBlock) {
    return Denoiser<WideSum, FactorLookUp<48, kShifted>>(task).run(out);
  }
  Denoiser<WideSum, FactorLookUp<64, kShifted>>(task).run(out);
}
#endif

void denoise(const Task& task, cv::Mat& out) {
  const Weights& weights = task.weights;
#if HWY_TARGET <= HWY_AVX3
  if (weights.cutoff < ShortLookUp::kEntries) {
    return Denoiser<NarrowSum, ShortLookUp>(task).run(out);
  }
  if (weights.factors.exact) {
    return weights.factors.shifted ? by_factors<true>(task, out) : by_factors<false>(task, out);
  }
#endif
  if (weights.narrow) return Denoiser<NarrowSum, TableLookUp>(task).run(out);
  Denoiser<WideSum, TableLookUp>(task).run(out);
}

}  // namespace ocrtune::nlm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace nlm {
namespace {

HWY_EXPORT(denoise);

/// The most frequent gray level, if many pixels have it.
std::optional<std::uint8_t> flat_level(const cv::Mat& gray) {
  const Histogram counts = histogram(gray);
  const auto* const most = std::max_element(counts.begin(), counts.end());
  if (static_cast<std::size_t>(*most) < gray.total() / 4) return std::nullopt;
  return static_cast<std::uint8_t>(most - counts.begin());
}

void dispatch(const Task& task, cv::Mat& out) { HWY_DYNAMIC_DISPATCH(denoise)(task, out); }

}  // namespace
}  // namespace nlm

cv::Mat denoise_nlm_exact(const cv::Mat& gray, float h, int search) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(h >= 0 && search >= 1 && search <= 2 * nlm::kMaxReach + 1 && search % 2 == 1);
  nlm::Task task{.extended = {},
                 .size = gray.size(),
                 .reach = search / 2,
                 .weights = nlm::weights_for(h, search),
                 .flat_level = nlm::flat_level(gray)};
  const auto border = static_cast<int>(task.halo());
  const auto left = static_cast<int>(task.left());
  cv::copyMakeBorder(standalone(gray), task.extended, border, border, left,
                     left + static_cast<int>(nlm::kTilesColumns), cv::BORDER_REFLECT_101);
  cv::Mat out(gray.size(), CV_8UC1);
  nlm::dispatch(task, out);
  return out;
}

}  // namespace ocrtune

#endif
