#include "ocrtune/kernels/nlm.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/kernels/nlm_weights.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/nlm.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#include "ocrtune/kernels/nlm_block-inl.h"
#include "ocrtune/kernels/nlm_look_up-inl.h"
#include "ocrtune/kernels/nlm_strip-inl.h"
#include "ocrtune/kernels/nlm_sums-inl.h"

#ifndef OCRTUNE_KERNELS_NLM_ONCE
#define OCRTUNE_KERNELS_NLM_ONCE

namespace ocrtune::nlm {

struct Task {
  cv::Mat extended;  // the page with borders of reach + kHalf
  cv::Size size;
  std::ptrdiff_t reach = 0;
  Weights weights;
};

}  // namespace ocrtune::nlm

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::nlm::HWY_NAMESPACE {

/// Sums of the pixels in the search window, a row at a time.
class WindowSums {
 public:
  explicit WindowSums(const Task& task)
      : task_(task), columns_(static_cast<std::size_t>(task.extended.cols)) {
    for (std::ptrdiff_t y = 0; y < 2 * task.reach; ++y) add_row(y + kHalf, 1);
  }

  /// Rows must be requested in order.
  void next_row(std::ptrdiff_t y, std::vector<std::uint32_t>& sums) {
    const std::ptrdiff_t last = 2 * task_.reach;
    add_row(y + last + kHalf, 1);
    const std::uint32_t* columns = columns_.data() + kHalf;
    std::uint32_t sum = std::accumulate(columns, columns + last, 0U);
    for (std::uint32_t& to : sums) {
      sum += columns[last];
      to = sum;
      sum -= *columns++;
    }
    add_row(y + kHalf, -1);
  }

 private:
  void add_row(std::ptrdiff_t y, int sign) {
    const std::uint8_t* row = task_.extended.ptr<std::uint8_t>(static_cast<int>(y));
    for (std::size_t x = 0; x < columns_.size(); ++x) {
      columns_[x] += static_cast<std::uint32_t>(sign * row[x]);
    }
  }

  const Task& task_;
  std::vector<std::uint32_t> columns_;
};

template <class Sum, class LookUp>
class Denoiser {
 public:
  explicit Denoiser(const Task& task)
      : task_(task),
        layout_(task.size.width, task.reach),
        block_(task.weights, layout_, task.size.height),
        windows_(task),
        window_(static_cast<std::size_t>(task.size.width)),
        columns_(static_cast<std::size_t>(layout_.strips * layout_.positions * lanes() +
                                          2 * layout_.halo)),
        estimate_(columns_.size()),
        weight_(columns_.size()) {
    for (std::ptrdiff_t strip = 0; strip < layout_.strips; ++strip) {
      strips_.emplace_back(layout_, strip, task.weights.planes.size());
    }
  }

  void run(cv::Mat& out) {
    const std::ptrdiff_t height = task_.size.height;
    std::ptrdiff_t loaded = -layout_.halo;
    for (std::ptrdiff_t top = -task_.reach; top < height; top += kRows) {
      for (; loaded < top + kRows + layout_.halo; ++loaded) load_row(loaded, loaded - top);
      for (Strip& strip : strips_) {
        for (std::size_t plane = 0; plane < task_.weights.planes.size(); ++plane) {
          block_.add(strip, top, plane);
        }
      }
      const std::ptrdiff_t end = std::min(top + kRows, height);
      for (std::ptrdiff_t y = std::max<std::ptrdiff_t>(top, 0); y < end; ++y) {
        finish_row(y, y - top, out.ptr<std::uint8_t>(static_cast<int>(y)));
      }
      for (Strip& strip : strips_) strip.scroll();
    }
  }

 private:
  /// Rows below the border are neither pixels nor partners; any values will do.
  void load_row(std::ptrdiff_t y, std::ptrdiff_t row) {
    const std::ptrdiff_t last = task_.extended.rows - 1;
    const auto from_y = static_cast<int>(std::min(y + layout_.halo, last));
    std::copy_n(task_.extended.ptr<std::uint8_t>(from_y), task_.extended.cols,
                columns_.begin() + task_.reach);
    for (Strip& strip : strips_) strip.set_pixels(row, columns_.data());
  }

  void finish_row(std::ptrdiff_t y, std::ptrdiff_t row, std::uint8_t* to) {
    std::fill(estimate_.begin(), estimate_.end(), 0U);
    std::fill(weight_.begin(), weight_.end(), 0U);
    for (Strip& strip : strips_) {
      for (std::size_t plane = 0; plane < task_.weights.planes.size(); ++plane) {
        strip.take_sums(plane, row, estimate_.data(), weight_.data());
      }
    }
    if (task_.weights.bias != 0) windows_.next_row(y, window_);
    const auto border = static_cast<int>(layout_.halo);
    const std::uint8_t* pixels =
        task_.extended.ptr<std::uint8_t>(static_cast<int>(y) + border) + border;
    const std::ptrdiff_t width = task_.size.width;
    const hn::ScalableTag<double> d;
    const auto step = static_cast<std::ptrdiff_t>(hn::Lanes(d));
    std::ptrdiff_t x = 0;
    for (; x + step <= width; x += step) divide<hn::ScalableTag<double>>(x, pixels, to);
    for (; x < width; ++x) divide<hn::CappedTag<double, 1>>(x, pixels, to);
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
    auto estimate = hn::LoadU(du32, estimate_.data() + 2 * task_.reach + x);
    estimate = hn::Add(estimate, hn::Add(hn::Mul(one, pixel), hn::Mul(bias, others)));
    auto weight = hn::LoadU(du32, weight_.data() + 2 * task_.reach + x);
    weight = hn::Add(weight, hn::Add(one, hn::Mul(bias, partners)));
    const auto half = hn::PromoteTo(d, hn::BitCast(di32, hn::ShiftRight<1>(weight)));
    const auto rounded = hn::Add(hn::PromoteTo(d, hn::BitCast(di32, estimate)), half);
    const auto quotient = hn::Div(rounded, hn::PromoteTo(d, hn::BitCast(di32, weight)));
    hn::StoreU(hn::DemoteTo(du8, hn::DemoteTo(di32, quotient)), du8, to + x);
  }

  const Task& task_;
  Layout layout_;
  Block<Sum, LookUp> block_;
  WindowSums windows_;
  std::vector<std::uint32_t> window_;
  std::vector<std::uint8_t> columns_;    // a row, from column -reach - halo on
  std::vector<std::uint32_t> estimate_;  // a row, from column -2 * reach on
  std::vector<std::uint32_t> weight_;
  std::vector<Strip> strips_;
};

#if HWY_TARGET <= HWY_AVX3
template <bool kOneShift>
void by_factors(const Task& task, cv::Mat& out) {
  if (task.weights.narrow) return Denoiser<NarrowSum, FactorLookUp<16, kOneShift>>(task).run(out);
  if (task.weights.cutoff <= 32 * Factors::kBlock) {
    return Denoiser<WideSum, FactorLookUp<32, kOneShift>>(task).run(out);
  }
  return Denoiser<WideSum, FactorLookUp<64, kOneShift>>(task).run(out);
}
#endif

void denoise(const Task& task, cv::Mat& out) {
  const Weights& weights = task.weights;
#if HWY_TARGET <= HWY_AVX3
  if (weights.factors.exact) {
    return weights.factors.one_shift ? by_factors<true>(task, out) : by_factors<false>(task, out);
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

void dispatch(const Task& task, cv::Mat& out) { HWY_DYNAMIC_DISPATCH(denoise)(task, out); }

}  // namespace
}  // namespace nlm

cv::Mat denoise_nlm_exact(const cv::Mat& gray, float h, int search) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(h >= 0 && search >= 1 && search <= 2 * nlm::kMaxReach + 1 && search % 2 == 1);
  nlm::Task task{.extended = {},
                 .size = gray.size(),
                 .reach = search / 2,
                 .weights = nlm::weights_for(h, search)};
  const auto border = static_cast<int>(task.reach + nlm::kHalf);
  cv::copyMakeBorder(standalone(gray), task.extended, border, border, border, border,
                     cv::BORDER_REFLECT_101);
  cv::Mat out(gray.size(), CV_8UC1);
  nlm::dispatch(task, out);
  return out;
}

}  // namespace ocrtune

#endif
