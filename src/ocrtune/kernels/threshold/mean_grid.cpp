#include "ocrtune/kernels/threshold/mean_grid.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "ocrtune/base/aligned_memory.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/threshold/mean_grid.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_MEAN_GRID_ONCE
#define OCRTUNE_KERNELS_MEAN_GRID_ONCE

namespace ocrtune::grid {

/// Rows and columns of the grid that are processed at a time: the entries in use stay in the L2
/// cache.
constexpr int kBand = 64;
constexpr int kChunk = 64;

struct Task {
  const cv::Mat& gray;
  int step = 1;
  std::vector<float> weights;  // from the center out
};

}  // namespace ocrtune::grid

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::grid::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// NOLINTBEGIN(readability-identifier-naming): Highway's custom
constexpr hn::CappedTag<float, 16> df;
constexpr hn::Rebind<std::int32_t, decltype(df)> di32;
constexpr hn::Rebind<std::uint8_t, decltype(df)> d8;
// NOLINTEND(readability-identifier-naming)

/// Values side by side in an entry: enough independent sums to hide the latency of an addition.
HWY_INLINE std::size_t each() { return 4 * hn::Lanes(df); }

/// Weighted sums of the entries around `center`.
HWY_INLINE void weigh(const std::vector<float>& weights, const float* center, float* to) {
  const std::size_t lanes = hn::Lanes(df);
  const auto pitch = static_cast<std::ptrdiff_t>(each());
  auto weight = hn::Set(df, weights[0]);
  auto a = hn::Mul(weight, hn::Load(df, center));
  auto b = hn::Mul(weight, hn::Load(df, center + lanes));
  auto c = hn::Mul(weight, hn::Load(df, center + 2 * lanes));
  auto d = hn::Mul(weight, hn::Load(df, center + 3 * lanes));
  const float* left = center;
  const float* right = center;
  for (std::size_t k = 1; k < weights.size(); ++k) {
    left -= pitch;
    right += pitch;
    weight = hn::Set(df, weights[k]);
    const auto pair = [&](std::size_t at) {
      return hn::Add(hn::Load(df, left + at), hn::Load(df, right + at));
    };
    a = hn::MulAdd(weight, pair(0), a);
    b = hn::MulAdd(weight, pair(lanes), b);
    c = hn::MulAdd(weight, pair(2 * lanes), c);
    d = hn::MulAdd(weight, pair(3 * lanes), d);
  }
  hn::StoreU(a, df, to);
  hn::StoreU(b, df, to + lanes);
  hn::StoreU(c, df, to + 2 * lanes);
  hn::StoreU(d, df, to + 3 * lanes);
}

#if HWY_TARGET == HWY_SCALAR

void transpose(const float* from, std::size_t from_pitch, float* to, std::size_t to_pitch) {
  for (std::size_t y = 0; y < 4; ++y) {
    for (std::size_t x = 0; x < 4; ++x) to[x * to_pitch + y] = from[y * from_pitch + x];
  }
}

#else

/// A block of 4 x 4: two perfect shuffles rotate the index of an element by two bits of four.
void transpose(const float* from, std::size_t from_pitch, float* to, std::size_t to_pitch) {
  const hn::Full128<float> d;
  const auto a = hn::LoadU(d, from);
  const auto b = hn::LoadU(d, from + from_pitch);
  const auto c = hn::LoadU(d, from + 2 * from_pitch);
  const auto e = hn::LoadU(d, from + 3 * from_pitch);
  const auto ac_lower = hn::InterleaveLower(d, a, c);
  const auto ac_upper = hn::InterleaveUpper(d, a, c);
  const auto be_lower = hn::InterleaveLower(d, b, e);
  const auto be_upper = hn::InterleaveUpper(d, b, e);
  hn::StoreU(hn::InterleaveLower(d, ac_lower, be_lower), d, to);
  hn::StoreU(hn::InterleaveUpper(d, ac_lower, be_lower), d, to + to_pitch);
  hn::StoreU(hn::InterleaveLower(d, ac_upper, be_upper), d, to + 2 * to_pitch);
  hn::StoreU(hn::InterleaveUpper(d, ac_upper, be_upper), d, to + 3 * to_pitch);
}

#endif

class Gridder {
 public:
  explicit Gridder(const Task& task)
      : task_(task),
        half_(static_cast<int>(task.weights.size()) - 1),
        pitch_(hwy::RoundUpTo(static_cast<std::size_t>(task.gray.cols), each())),
        entries_(zeros(static_cast<std::size_t>(kBand * task.step + 2 * half_ + 4) * each())),
        band_(zeros(kBand * pitch_)),
        means_(zeros(kChunk * each())) {}

  void run(cv::Mat& means) {
    for (int top = 0; top < means.rows; top += kBand) {
      const int rows = std::min(kBand, means.rows - top);
      for (int x = 0; x < task_.gray.cols; x += static_cast<int>(each())) {
        weigh_columns(top, rows, x);
      }
      for (int y = 0; y < rows; y += static_cast<int>(each())) {
        for (int i = 0; i < means.cols; i += kChunk) weigh_rows(top, y, rows, i, means);
      }
    }
  }

 private:
  using Buffer = hwy::AlignedFreeUniquePtr<float[]>;

  static Buffer zeros(std::size_t count) {
    Buffer buffer = aligned_memory<float>(count);
    std::fill_n(buffer.get(), count, 0.0F);
    return buffer;
  }

  /// The first pixel of the window at element `index` of the grid.
  int first(int index) const { return task_.step * (index - 1) - half_; }

  const float* center(int index) const {
    return entries_.get() + static_cast<std::size_t>(index * task_.step + half_) * each();
  }

  std::size_t entry_count(int windows) const {
    const int last = (windows - 1) * task_.step + 2 * half_;
    return static_cast<std::size_t>(last) + 1;
  }

  void weigh_columns(int top, int rows, int x) {
    const std::size_t inside = std::min(each(), static_cast<std::size_t>(task_.gray.cols - x));
    alignas(64) std::uint8_t part[64] = {};
    float* entry = entries_.get();
    const int last_row = task_.gray.rows - 1;
    for (std::size_t i = 0; i < entry_count(rows); ++i, entry += each()) {
      const int y = std::clamp(first(top) + static_cast<int>(i), 0, last_row);
      const std::uint8_t* pixels = task_.gray.ptr<std::uint8_t>(y) + x;
      if (inside < each()) {
        std::memcpy(part, pixels, inside);
        pixels = part;
      }
      for (std::size_t lane = 0; lane < each(); lane += hn::Lanes(df)) {
        const auto pixel = hn::PromoteTo(di32, hn::LoadU(d8, pixels + lane));
        hn::Store(hn::ConvertTo(df, pixel), df, entry + lane);
      }
    }
    for (int row = 0; row < rows; ++row) {
      weigh(task_.weights, center(row),
            band_.get() + static_cast<std::size_t>(row) * pitch_ + static_cast<std::size_t>(x));
    }
  }

  /// Elements `from` to from + kChunk of the rows `y` to y + each() of the band.
  void weigh_rows(int top, int y, int rows, int from, cv::Mat& means) {
    const float* band = band_.get() + static_cast<std::size_t>(y) * pitch_;
    const int columns = std::min(kChunk, means.cols - from);
    const int begin = first(from);
    const int end = begin + static_cast<int>(entry_count(columns));
    float* entry = entries_.get();
    for (int x = begin; x < end;) {
      if (x >= 0 && x + 4 <= task_.gray.cols && x + 4 <= end) {
        for (std::size_t row = 0; row < each(); row += 4) {
          transpose(band + row * pitch_ + x, pitch_, entry + row, each());
        }
        x += 4;
        entry += 4 * each();
        continue;
      }
      const auto inside = static_cast<std::size_t>(std::clamp(x, 0, task_.gray.cols - 1));
      for (std::size_t row = 0; row < each(); ++row) entry[row] = band[row * pitch_ + inside];
      ++x;
      entry += each();
    }
    const int height = std::min(static_cast<int>(each()), rows - y);
    float* to = means_.get();
    for (int i = 0; i < columns; ++i, to += each()) weigh(task_.weights, center(i), to);
    for (int row = 0; row < height; ++row) {
      const float* mean = means_.get() + row;
      float* out = means.ptr<float>(top + y + row) + from;
      for (int i = 0; i < columns; ++i, mean += each()) out[i] = *mean;
    }
  }

  const Task& task_;
  int half_;
  std::size_t pitch_;
  Buffer entries_;  // pixels or sums that weigh() adds up, each() columns or rows side by side
  Buffer band_;     // kBand rows of column sums
  Buffer means_;    // a chunk of means, transposed
};

void run(const Task& task, cv::Mat& means) { Gridder(task).run(means); }

}  // namespace ocrtune::grid::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace grid {
namespace {

HWY_EXPORT(run);

void dispatch(const Task& task, cv::Mat& means) { HWY_DYNAMIC_DISPATCH(run)(task, means); }

using Weights = std::array<double, 4>;

/// Lagrange's, for the nodes -1, 0, 1, 2.
Weights interpolation_at(double x) {
  return {-x * (x - 1) * (x - 2) / 6, (x + 1) * (x - 1) * (x - 2) / 2, -(x + 1) * x * (x - 2) / 2,
          (x + 1) * x * (x - 1) / 6};
}

/// Sums of the positive and of the negative differences between the kernel and its interpolation
/// `phase` pixels after a point of the grid.
struct Difference {
  double above = 0;
  double below = 0;
};

Difference difference_at(const cv::Mat& kernel, int step, int phase) {
  const int taps = static_cast<int>(kernel.total());
  const auto weight_at = [&](int i) {
    return i < 0 || i >= taps ? 0.0 : double{kernel.at<float>(i)};
  };
  const Weights by = interpolation_at(static_cast<double>(phase) / step);
  Difference difference;
  for (int i = -2 * step; i < taps + 2 * step; ++i) {
    double interpolated = 0;
    for (int node = 0; node < 4; ++node) {
      // A kernel k pixels further has the weight for pixel i at i - k.
      interpolated += by[static_cast<std::size_t>(node)] * weight_at(i - (node - 1) * step + phase);
    }
    const double more = interpolated - weight_at(i);
    (more > 0 ? difference.above : difference.below) += std::abs(more);
  }
  return difference;
}

/// With w the kernel and v its interpolation, v⊗v - w⊗w = (v - w)⊗v + w⊗(v - w). The pixels are in
/// [0, 255], and so, within 0.01 %, are sums with w. For d = max(above, below), sums with v - w are
/// in [-255 d, 255 d], and those with v in [-255 d, 255 (1 + d)]. So w⊗(v - w) adds at most 255 d,
/// and (v - w)⊗v at most d 255 (1 + d) + d 255 d.
double interpolation_error(const cv::Mat& kernel, int step) {
  double d = 0;
  for (int phase = 0; phase < step; ++phase) {
    const Difference difference = difference_at(kernel, step, phase);
    d = std::max({d, difference.above, difference.below});
  }
  return 1.001 * 255 * d * (2 + 2 * d);
}

/// Each addition and each product rounds a value of at most 256 by at most 2^-24 of it. Per pass a
/// sum has fewer than `taps` of these roundings; interpolation adds 16 of them, and as the moduli
/// of its weights sum to at most 1.25 in each direction, may enlarge errors by 1.25² < 2.
double rounding_error(int taps) { return 2 * (2 * taps + 16) * 256 * std::exp2(-24); }

}  // namespace
}  // namespace grid

MeanGrid mean_grid(const cv::Mat& gray, const cv::Mat& kernel, int step) {
  const int taps = static_cast<int>(kernel.total());
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(kernel.type() == CV_32FC1 && kernel.isContinuous() && taps >= 31 && taps % 2 == 1);
  CV_Assert(step == 1 || step == 2 || step == 4 || step == 8);
  grid::Task task{.gray = gray, .step = step, .weights = {}};
  const auto* weights = kernel.ptr<float>();
  task.weights.assign(weights + taps / 2, weights + taps);
  MeanGrid result;
  result.step = step;
  result.error = grid::interpolation_error(kernel, step) + grid::rounding_error(taps);
  for (int phase = 0; phase < step; ++phase) {
    const grid::Weights by = grid::interpolation_at(static_cast<double>(phase) / step);
    result.interpolation.push_back({static_cast<float>(by[0]), static_cast<float>(by[1]),
                                    static_cast<float>(by[2]), static_cast<float>(by[3])});
  }
  result.means.create((gray.rows - 1) / step + 4, (gray.cols - 1) / step + 4, CV_32F);
  grid::dispatch(task, result.means);
  return result;
}

}  // namespace ocrtune

#endif
