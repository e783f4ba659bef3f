#include "ocrtune/kernels/measure/gray_statistics.h"

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstddef>
#include <cstring>

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/measure/gray_statistics.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_GRAY_STATISTICS_ONCE
#define OCRTUNE_KERNELS_GRAY_STATISTICS_ONCE

namespace ocrtune::statistics {

struct Rows {
  int count = 0;
  std::size_t length = 0;
};

/// The image's rows; a single one if they are contiguous.
inline Rows rows_of(const cv::Mat& gray) {
  if (gray.isContinuous()) return {gray.empty() ? 0 : 1, gray.total()};
  return {gray.rows, static_cast<std::size_t>(gray.cols)};
}

}  // namespace ocrtune::statistics

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::statistics::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

/// Adds the pixels that fill whole vectors to the sums; returns their number.
std::size_t add_vectors(const std::uint8_t*, std::size_t, GraySums&) { return 0; }

#else

using D8 = hn::ScalableTag<std::uint8_t>;

constexpr D8 d8;  // NOLINT(readability-identifier-naming): Highway's custom
constexpr hn::Repartition<std::int16_t, D8> d16;    // NOLINT(readability-identifier-naming)
constexpr hn::Repartition<std::uint16_t, D8> du16;  // NOLINT(readability-identifier-naming)
constexpr hn::Repartition<std::int32_t, D8> d32;    // NOLINT(readability-identifier-naming)
constexpr hn::Repartition<std::uint64_t, D8> d64;   // NOLINT(readability-identifier-naming)

HWY_INLINE std::int64_t total(hn::Vec<decltype(d64)> sums) {
  return static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, sums)));
}

HWY_INLINE std::int64_t total(hn::Vec<decltype(d32)> sums) {
  const auto pairs = hn::BitCast(d64, sums);
  const auto low = hn::And(pairs, hn::Set(d64, 0xFFFFFFFFU));
  return total(hn::Add(low, hn::ShiftRight<32>(pairs)));
}

/// Adds the pixels that fill whole vectors to the sums; returns their number.
std::size_t add_vectors(const std::uint8_t* pixels, std::size_t count, GraySums& sums) {
  const std::size_t lanes = hn::Lanes(d8);
  const std::size_t whole = count - count % lanes;
  auto sum = hn::Zero(d64);
  for (std::size_t x = 0; x < whole;) {
    // A step adds four squares below 2^16 to a sum of 31 bits.
    constexpr std::size_t kSteps = 1U << 12;
    const std::size_t end = std::min(x + kSteps * lanes, whole);
    auto first = hn::Zero(d32);
    auto second = hn::Zero(d32);  // used by NEON only
    for (; x < end; x += lanes) {
      const auto v = hn::LoadU(d8, pixels + x);
      sum = hn::Add(sum, hn::SumsOf8(v));
      const auto pairs = hn::BitCast(du16, v);
      const auto even = hn::BitCast(d16, hn::And(pairs, hn::Set(du16, 255)));
      const auto odd = hn::BitCast(d16, hn::ShiftRight<8>(pairs));
      first = hn::ReorderWidenMulAccumulate(d32, even, even, first, second);
      first = hn::ReorderWidenMulAccumulate(d32, odd, odd, first, second);
    }
    sums.squares += total(first) + total(second);
  }
  sums.sum += total(sum);
  return whole;
}

#endif

void add_row(const std::uint8_t* pixels, std::size_t count, GraySums& sums) {
  for (std::size_t x = add_vectors(pixels, count, sums); x < count; ++x) {
    sums.sum += pixels[x];
    sums.squares += std::int64_t{pixels[x]} * pixels[x];
  }
  sums.count += static_cast<std::int64_t>(count);
}

GraySums sums(const cv::Mat& gray) {
  const Rows rows = rows_of(gray);
  GraySums total;
  for (int y = 0; y < rows.count; ++y) add_row(gray.ptr<std::uint8_t>(y), rows.length, total);
  return total;
}

}  // namespace ocrtune::statistics::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace statistics {
namespace {

HWY_EXPORT(sums);

GraySums dispatch(const cv::Mat& gray) { return HWY_DYNAMIC_DISPATCH(sums)(gray); }

/// Two additions to the same counter have to wait for each other, and adjacent pixels are often
/// equal: so each of eight consecutive pixels has counters of its own, and 16 equal pixels,
/// frequent on blank paper, are counted at once.
class Counters {
 public:
  void add_row(const std::uint8_t* pixels, std::size_t count) {
    std::size_t x = 0;
    for (; x + 16 <= count; x += 16) {
      std::uint64_t words[2];
      std::memcpy(words, pixels + x, sizeof(words));
      if (words[0] == words[1] && words[0] == std::rotl(words[0], 8)) {
        tables_[0][words[0] & 255] += 16;
      } else {
        add(words[0]);
        add(words[1]);
      }
    }
    for (; x < count; ++x) ++tables_[0][pixels[x]];
  }

  [[nodiscard]] Histogram sums() const {
    Histogram sums{};
    for (const Histogram& table : tables_) {
      for (std::size_t level = 0; level < sums.size(); ++level) sums[level] += table[level];
    }
    return sums;
  }

 private:
  void add(std::uint64_t eight) {
    ++tables_[0][eight & 255];
    ++tables_[1][eight >> 8 & 255];
    ++tables_[2][eight >> 16 & 255];
    ++tables_[3][eight >> 24 & 255];
    ++tables_[4][eight >> 32 & 255];
    ++tables_[5][eight >> 40 & 255];
    ++tables_[6][eight >> 48 & 255];
    ++tables_[7][eight >> 56];
  }

  std::array<Histogram, 8> tables_{};
};

}  // namespace
}  // namespace statistics

Histogram histogram(const cv::Mat& gray) {
  CV_Assert(gray.type() == CV_8UC1);
  statistics::Counters counters;
  const statistics::Rows rows = statistics::rows_of(gray);
  for (int y = 0; y < rows.count; ++y) counters.add_row(gray.ptr<std::uint8_t>(y), rows.length);
  return counters.sums();
}

int otsu_threshold(const Histogram& histogram) {
  const GraySums all = gray_sums(histogram, 0, 255);
  const double scale = 1.0 / static_cast<double>(all.count);
  const double mean = static_cast<double>(all.sum) * scale;
  constexpr double kMin = FLT_EPSILON;
  int threshold = 0;
  double largest = 0;
  double dark_mean = 0;
  double dark = 0;  // fraction of the pixels
  for (int level = 0; level < 256; ++level) {
    const double here = histogram[static_cast<std::size_t>(level)] * scale;
    dark_mean *= dark;
    dark += here;
    const double light = 1.0 - dark;
    if (std::min(dark, light) < kMin || std::max(dark, light) > 1.0 - kMin) continue;
    dark_mean = (dark_mean + level * here) / dark;
    const double light_mean = (mean - dark * dark_mean) / light;
    const double between = dark * light * (dark_mean - light_mean) * (dark_mean - light_mean);
    if (between > largest) {
      largest = between;
      threshold = level;
    }
  }
  return threshold;
}

int otsu_threshold(const cv::Mat& gray) { return otsu_threshold(histogram(gray)); }

double GraySums::mean() const {
  return count == 0 ? 0 : static_cast<double>(sum) * (1.0 / static_cast<double>(count));
}

double GraySums::deviation() const {
  if (count == 0) return 0;
  const double scale = 1.0 / static_cast<double>(count);
  const double average = static_cast<double>(sum) * scale;
  return std::sqrt(std::max(static_cast<double>(squares) * scale - average * average, 0.0));
}

GraySums gray_sums(const cv::Mat& gray) {
  CV_Assert(gray.type() == CV_8UC1);
  return statistics::dispatch(gray);
}

GraySums gray_sums(const Histogram& histogram, int first, int last) {
  GraySums sums;
  for (int level = first; level <= last; ++level) {
    const std::int64_t pixels = histogram[static_cast<std::size_t>(level)];
    sums.count += pixels;
    sums.sum += pixels * level;
    sums.squares += pixels * level * level;
  }
  return sums;
}

}  // namespace ocrtune

#endif
