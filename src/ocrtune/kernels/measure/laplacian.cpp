#include "ocrtune/kernels/measure/laplacian.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/measure/laplacian.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_LAPLACIAN_ONCE
#define OCRTUNE_KERNELS_LAPLACIAN_ONCE

namespace ocrtune::laplacian {

/// The neighbours of `i`, reflected at the borders without the outermost; if there is only one
/// pixel, itself.
struct Neighbours {
  Neighbours(int i, int size)
      : before(i > 0 ? i - 1 : std::min(1, size - 1)),
        after(i + 1 < size ? i + 1 : std::max(size - 2, 0)) {}
  int before;
  int after;
};

/// A row and those above and below it.
struct Rows {
  Rows(const cv::Mat& gray, int y) {
    const Neighbours beside(y, gray.rows);
    above = gray.ptr<std::uint8_t>(beside.before);
    here = gray.ptr<std::uint8_t>(y);
    below = gray.ptr<std::uint8_t>(beside.after);
  }

  [[nodiscard]] std::int64_t square_at(int x, int width) const {
    const Neighbours beside(x, width);
    const int value = above[x] + below[x] + here[beside.before] + here[beside.after] - 4 * here[x];
    return std::int64_t{value} * value;
  }

  const std::uint8_t* above;
  const std::uint8_t* here;
  const std::uint8_t* below;
};

}  // namespace ocrtune::laplacian

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::laplacian::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

std::int64_t row_of_squares(const Rows& rows, int width) {
  std::int64_t sum = 0;
  for (int x = 0; x < width; ++x) sum += rows.square_at(x, width);
  return sum;
}

#else

namespace hn = hwy::HWY_NAMESPACE;

using D8 = hn::ScalableTag<std::uint8_t>;
using D16 = hn::Repartition<std::int16_t, D8>;
using D32 = hn::Repartition<std::int32_t, D8>;
using V16 = hn::Vec<D16>;
using V32 = hn::Vec<D32>;

constexpr D8 d8;    // NOLINT(readability-identifier-naming): Highway's custom
constexpr D16 d16;  // NOLINT(readability-identifier-naming)
constexpr hn::Repartition<std::uint16_t, D8> du16;  // NOLINT(readability-identifier-naming)
constexpr D32 d32;                                  // NOLINT(readability-identifier-naming)
constexpr hn::Repartition<std::uint64_t, D8> d64;   // NOLINT(readability-identifier-naming)

/// Loads the first, third, … and the second, fourth, … pixels of a vector.
HWY_INLINE void load(const std::uint8_t* from, V16& even, V16& odd) {
  const auto pairs = hn::BitCast(du16, hn::LoadU(d8, from));
  even = hn::BitCast(d16, hn::And(pairs, hn::Set(du16, 255)));
  odd = hn::BitCast(d16, hn::ShiftRight<8>(pairs));
}

HWY_INLINE V16 value(V16 above, V16 below, V16 left, V16 right, V16 here) {
  const V16 around = hn::Add(hn::Add(above, below), hn::Add(left, right));
  return hn::Sub(around, hn::ShiftLeft<2>(here));
}

/// The Laplacian of pixels that are not at the left or right border.
HWY_INLINE void values_at(const Rows& rows, int x, V16& even, V16& odd) {
  V16 above_even, above_odd, below_even, below_odd, here_even, here_odd;
  V16 before_even, before_odd, after_even, after_odd;
  load(rows.above + x, above_even, above_odd);
  load(rows.below + x, below_even, below_odd);
  load(rows.here + x, here_even, here_odd);
  load(rows.here + x - 1, before_even, before_odd);
  load(rows.here + x + 1, after_even, after_odd);
  even = value(above_even, below_even, before_even, here_odd, here_even);
  odd = value(above_odd, below_odd, here_even, after_odd, here_odd);
}

HWY_INLINE V32 add_squares(V16 even, V16 odd, V32 first, V32& second) {
  first = hn::ReorderWidenMulAccumulate(d32, even, even, first, second);
  return hn::ReorderWidenMulAccumulate(d32, odd, odd, first, second);
}

HWY_INLINE std::int64_t total(V32 sums) {
  const auto pairs = hn::BitCast(d64, sums);
  const auto low = hn::And(pairs, hn::Set(d64, 0xFFFFFFFFU));
  const auto both = hn::Add(low, hn::ShiftRight<32>(pairs));
  return static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, both)));
}

/// Sum of the squares of the Laplacian over a row.
std::int64_t row_of_squares(const Rows& rows, int width) {
  const int lanes = static_cast<int>(hn::Lanes(d8));
  std::int64_t sum = rows.square_at(0, width);
  const int end = width - 1;
  if (end > 0) sum += rows.square_at(end, width);
  int x = 1;
  if (end - x < lanes) {
    for (; x < end; ++x) sum += rows.square_at(x, width);
    return sum;
  }
  V16 even, odd;
  while (x < end) {
    // |value| <= 4 * 255, so the four squares that a step adds are below 2^22, and those of 2^8
    // steps and the last vector fit into 31 bits.
    constexpr int kSteps = 1 << 8;
    V32 first = hn::Zero(d32);
    V32 second = hn::Zero(d32);  // used by NEON only
    for (int step = 0; step < kSteps && x + lanes <= end; ++step, x += lanes) {
      values_at(rows, x, even, odd);
      first = add_squares(even, odd, first, second);
    }
    if (x < end && x + lanes > end) {
      // The last vector ends at the border; those of its pixels that were counted become 0.
      const auto counted = static_cast<std::size_t>(x + lanes - end);
      values_at(rows, end - lanes, even, odd);
      even = hn::IfThenZeroElse(hn::FirstN(d16, (counted + 1) / 2), even);
      odd = hn::IfThenZeroElse(hn::FirstN(d16, counted / 2), odd);
      first = add_squares(even, odd, first, second);
      x = end;
    }
    sum += total(first) + total(second);
  }
  return sum;
}

#endif

std::int64_t sum_of_squares(const cv::Mat& gray) {
  std::int64_t sum = 0;
  for (int y = 0; y < gray.rows; ++y) sum += row_of_squares(Rows(gray, y), gray.cols);
  return sum;
}

}  // namespace ocrtune::laplacian::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace laplacian {
namespace {

HWY_EXPORT(sum_of_squares);

std::int64_t dispatch(const cv::Mat& gray) { return HWY_DYNAMIC_DISPATCH(sum_of_squares)(gray); }

/// Second differences telescope: over a line p of n > 1 pixels, reflected, they sum up to
/// p[1] - p[0] + p[n - 2] - p[n - 1], and over one pixel to 0.
std::int64_t sum(const cv::Mat& gray) {
  const Neighbours left(0, gray.cols);
  const Neighbours right(gray.cols - 1, gray.cols);
  std::int64_t sum = 0;
  for (int y = 0; y < gray.rows; ++y) {
    const auto* row = gray.ptr<std::uint8_t>(y);
    sum += row[left.after] - row[0] + row[right.before] - row[gray.cols - 1];
  }
  const Rows top(gray, 0);
  const Rows bottom(gray, gray.rows - 1);
  for (int x = 0; x < gray.cols; ++x) {
    sum += top.below[x] - top.here[x] + bottom.above[x] - bottom.here[x];
  }
  return sum;
}

}  // namespace
}  // namespace laplacian

double laplacian_variance(const cv::Mat& gray) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  return laplacian_variance(laplacian::sum(gray), laplacian::dispatch(gray), gray.total());
}

double laplacian_variance(std::int64_t sum, std::int64_t squares, std::size_t pixels) {
  const auto n = static_cast<double>(pixels);
  const double mean = static_cast<double>(sum) / n;
  return static_cast<double>(squares) / n - mean * mean;
}

}  // namespace ocrtune

#endif
