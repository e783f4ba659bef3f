#include "ocrtune/kernels/filter/gaussian_blur.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocrtune/base/aligned_memory.h"
#include "ocrtune/image/image.h"
#include "ocrtune/kernels/filter/gaussian_kernel.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/filter/gaussian_blur.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_GAUSSIAN_BLUR_ONCE
#define OCRTUNE_KERNELS_GAUSSIAN_BLUR_ONCE

namespace ocrtune::blur {

/// Columns that are summed side by side in the vertical pass, and rows in the horizontal one. In
/// both, entries have 64 bytes of values and 64 bytes of their prefix sums.
constexpr std::size_t kColumns = 32;
constexpr std::size_t kRows = 16;
/// Rows of output between two vertical passes, and columns between two moves of the window.
constexpr int kBand = 128;
constexpr int kChunk = 256;

/// Distances, in elements, of a window's terms from its first entry, by their weight.
struct Terms {
  struct Weighted {
    std::ptrdiff_t at;
    int weight;
  };
  std::vector<std::ptrdiff_t> added;
  std::vector<std::ptrdiff_t> removed;
  std::vector<Weighted> weighted;
};

/// One direction's pass.
struct Pass {
  std::size_t taps = 1;
  Terms terms;
  std::vector<int> source;  // of entry i, which is half the taps before output i
};

struct Task {
  const cv::Mat& gray;
  Pass vertical;
  Pass horizontal;
  const RowSink& sink;
};

}  // namespace ocrtune::blur

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::blur::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// NOLINTBEGIN(readability-identifier-naming): Highway's custom
constexpr hn::CappedTag<std::uint16_t, kColumns> d16;
constexpr hn::Rebind<std::uint8_t, decltype(d16)> d8;
constexpr hn::CappedTag<std::uint32_t, kRows> d32;
constexpr hn::Rebind<std::uint16_t, decltype(d32)> d16_of_32;
// NOLINTEND(readability-identifier-naming)

/// Window sums of the `count` windows that start at consecutive entries; passes the sums of `kEach`
/// columns or rows to `use(window, lane, sums)`.
///
/// Prefix sums wrap around, and so do the sums of terms. As the true sum fits into its type, the
/// result is correct.
template <std::size_t kEach, typename D, typename Use>
HWY_INLINE void sum_windows(D d, const Terms& terms, const hn::TFromD<D>* entries, int count,
                            const Use& use) {
  using T = hn::TFromD<D>;
  constexpr std::size_t kPitch = 2 * kEach;
  for (int window = 0; window < count; window += 4) {
    for (std::size_t lane = 0; lane < kEach; lane += hn::Lanes(d)) {
      const T* base = entries + static_cast<std::size_t>(window) * kPitch + lane;
      auto a = hn::Zero(d);
      auto b = a;
      auto c = a;
      auto e = a;
      for (const std::ptrdiff_t at : terms.added) {
        a = hn::Add(a, hn::Load(d, base + at));
        b = hn::Add(b, hn::Load(d, base + at + kPitch));
        c = hn::Add(c, hn::Load(d, base + at + 2 * kPitch));
        e = hn::Add(e, hn::Load(d, base + at + 3 * kPitch));
      }
      for (const std::ptrdiff_t at : terms.removed) {
        a = hn::Sub(a, hn::Load(d, base + at));
        b = hn::Sub(b, hn::Load(d, base + at + kPitch));
        c = hn::Sub(c, hn::Load(d, base + at + 2 * kPitch));
        e = hn::Sub(e, hn::Load(d, base + at + 3 * kPitch));
      }
      for (const Terms::Weighted& term : terms.weighted) {
        const auto weight = hn::Set(d, static_cast<T>(term.weight));
        const T* at = base + term.at;
        a = hn::Add(a, hn::Mul(weight, hn::Load(d, at)));
        b = hn::Add(b, hn::Mul(weight, hn::Load(d, at + kPitch)));
        c = hn::Add(c, hn::Mul(weight, hn::Load(d, at + 2 * kPitch)));
        e = hn::Add(e, hn::Mul(weight, hn::Load(d, at + 3 * kPitch)));
      }
      use(window, lane, a);
      use(window + 1, lane, b);
      use(window + 2, lane, c);
      use(window + 3, lane, e);
    }
  }
}

#if HWY_TARGET == HWY_SCALAR

template <typename From, typename To>
void transpose(const From* from, std::size_t from_pitch, To* to, std::size_t to_pitch) {
  for (std::size_t y = 0; y < 8; ++y) {
    for (std::size_t x = 0; x < 8; ++x) {
      to[x * to_pitch + y] = static_cast<To>(from[y * from_pitch + x]);
    }
  }
}

#else

// NOLINTBEGIN(readability-identifier-naming)
constexpr hn::Full128<std::uint16_t> d16x8;
constexpr hn::Rebind<std::uint8_t, decltype(d16x8)> d8x8;
// NOLINTEND(readability-identifier-naming)
using V16x8 = hn::Vec<decltype(d16x8)>;

HWY_INLINE void store_as(V16x8 values, std::uint16_t* to) { hn::StoreU(values, d16x8, to); }

HWY_INLINE void store_as(V16x8 values, std::uint8_t* to) {
  const hn::RebindToSigned<decltype(d16x8)> di16x8;
  hn::StoreU(hn::DemoteTo(d8x8, hn::BitCast(di16x8, values)), d8x8, to);
}

/// Eight rows of eight; members, because compilers do not keep an array in registers.
struct Block {
  V16x8 a, b, c, d, e, f, g, h;
};

HWY_INLINE Block perfect_shuffle(const Block& in) {
  return {hn::InterleaveLower(d16x8, in.a, in.e), hn::InterleaveUpper(d16x8, in.a, in.e),
          hn::InterleaveLower(d16x8, in.b, in.f), hn::InterleaveUpper(d16x8, in.b, in.f),
          hn::InterleaveLower(d16x8, in.c, in.g), hn::InterleaveUpper(d16x8, in.c, in.g),
          hn::InterleaveLower(d16x8, in.d, in.h), hn::InterleaveUpper(d16x8, in.d, in.h)};
}

/// A block of 8 x 8: three perfect shuffles rotate the index of an element by three bits of six.
template <typename To>
void transpose(const std::uint16_t* from, std::size_t from_pitch, To* to, std::size_t to_pitch) {
  const auto load = [&](std::size_t row) { return hn::LoadU(d16x8, from + row * from_pitch); };
  const Block in{load(0), load(1), load(2), load(3), load(4), load(5), load(6), load(7)};
  const Block out = perfect_shuffle(perfect_shuffle(perfect_shuffle(in)));
  store_as(out.a, to);
  store_as(out.b, to + to_pitch);
  store_as(out.c, to + 2 * to_pitch);
  store_as(out.d, to + 3 * to_pitch);
  store_as(out.e, to + 4 * to_pitch);
  store_as(out.f, to + 5 * to_pitch);
  store_as(out.g, to + 6 * to_pitch);
  store_as(out.h, to + 7 * to_pitch);
}

#endif

class Blur {
 public:
  explicit Blur(const Task& task)
      : task_(task),
        width_(static_cast<std::size_t>(task.gray.cols)),
        pitch_(hwy::RoundUpTo(width_, kColumns)),
        column_entries_(entries<std::uint16_t, kColumns>(kBand + task.vertical.taps)),
        row_entries_(entries<std::uint32_t, kRows>(kChunk + task.horizontal.taps)),
        band_(zeros<std::uint16_t>(kBand * pitch_)),
        columns_(zeros<std::uint16_t>(pitch_ * kRows)),
        sums_(zeros<std::uint16_t>(kChunk * kRows)),
        rows_(zeros<std::uint8_t>(kRows * (pitch_ + kChunk))) {}

  void run() {
    for (int top = 0; top < task_.gray.rows; top += kBand) {
      const int rows = std::min(kBand, task_.gray.rows - top);
      for (std::size_t x = 0; x < width_; x += kColumns) sum_vertically(top, rows, x);
      for (int y = 0; y < rows; y += static_cast<int>(kRows)) {
        sum_horizontally(y);
        const int end = std::min(rows, y + static_cast<int>(kRows));
        for (int row = y; row < end; ++row) {
          task_.sink(top + row, rows_.get() + static_cast<std::size_t>(row - y) * rows_pitch());
        }
      }
    }
  }

 private:
  template <typename T>
  using Buffer = hwy::AlignedFreeUniquePtr<T[]>;

  template <typename T>
  static Buffer<T> zeros(std::size_t count) {
    Buffer<T> buffer = aligned_memory<T>(count);
    std::fill_n(buffer.get(), count, T{0});
    return buffer;
  }

  /// Memory for as many entries, and for the few windows that make up a multiple of 4.
  template <typename T, std::size_t kEach>
  static Buffer<T> entries(std::size_t count) {
    return zeros<T>((count + 4) * 2 * kEach);
  }

  std::size_t rows_pitch() const { return pitch_ + kChunk; }

  /// The sums down kColumns columns, into the band. They are at most 255 * 256 < 2^16.
  void sum_vertically(int top, int rows, std::size_t x) {
    std::uint16_t* entry = column_entries_.get();
    for (std::size_t lane = 0; lane < kColumns; lane += hn::Lanes(d16)) {
      hn::Store(hn::Zero(d16), d16, entry + kColumns + lane);
    }
    const std::size_t inside = std::min(kColumns, width_ - x);
    alignas(64) std::array<std::uint8_t, kColumns> part{};
    const int* source = task_.vertical.source.data() + top;
    const std::size_t count = static_cast<std::size_t>(rows) + task_.vertical.taps - 1;
    for (std::size_t i = 0; i < count; ++i, entry += 2 * kColumns) {
      const std::uint8_t* pixels = task_.gray.ptr<std::uint8_t>(source[i]) + x;
      if (inside < kColumns) {
        std::memcpy(part.data(), pixels, inside);
        pixels = part.data();
      }
      for (std::size_t lane = 0; lane < kColumns; lane += hn::Lanes(d16)) {
        const auto pixel = hn::PromoteTo(d16, hn::LoadU(d8, pixels + lane));
        std::uint16_t* prefix = entry + kColumns + lane;
        hn::Store(pixel, d16, entry + lane);
        hn::Store(hn::Add(hn::Load(d16, prefix), pixel), d16, prefix + 2 * kColumns);
      }
    }
    sum_windows<kColumns>(
        d16, task_.vertical.terms, column_entries_.get(), rows,
        [&](int window, std::size_t lane, auto sums) {
          hn::Store(sums, d16, band_.get() + static_cast<std::size_t>(window) * pitch_ + x + lane);
        });
  }

  /// The sums along kRows rows of the band, from `top`, into the rows of output. They are at most
  /// 255 * 256 * 256, and with half of 2^16 still less than 2^32.
  void sum_horizontally(int top) {
    const std::uint16_t* band = band_.get() + static_cast<std::size_t>(top) * pitch_;
    for (std::size_t y = 0; y < kRows; y += 8) {
      for (std::size_t x = 0; x < width_; x += 8) {
        transpose(band + y * pitch_ + x, pitch_, columns_.get() + x * kRows + y, kRows);
      }
    }
    constexpr std::size_t kPitch = 2 * kRows;
    const std::size_t overlap = task_.horizontal.taps - 1;
    std::fill_n(row_entries_.get(), kPitch, 0U);
    append_columns(0, 0, overlap);
    for (std::size_t x = 0; x < width_; x += kChunk) {
      const std::size_t count = std::min<std::size_t>(kChunk, width_ - x);
      append_columns(x + overlap, overlap, count);
      const auto half = hn::Set(d32, 1U << 15);
      const hn::RebindToSigned<decltype(d32)> di32;
      sum_windows<kRows>(d32, task_.horizontal.terms, row_entries_.get(), static_cast<int>(count),
                         [&](int window, std::size_t lane, auto sums) {
                           const auto rounded =
                               hn::BitCast(di32, hn::ShiftRight<16>(hn::Add(sums, half)));
                           hn::Store(hn::DemoteTo(d16_of_32, rounded), d16_of_32,
                                     sums_.get() + static_cast<std::size_t>(window) * kRows + lane);
                         });
      for (std::size_t y = 0; y < kRows; y += 8) {
        for (std::size_t i = 0; i < count; i += 8) {
          transpose(sums_.get() + i * kRows + y, kRows, rows_.get() + y * rows_pitch() + x + i,
                    rows_pitch());
        }
      }
      std::memmove(row_entries_.get(), row_entries_.get() + count * kPitch,
                   (overlap + 1) * kPitch * sizeof(std::uint32_t));
    }
  }

  /// Appends columns to the entries: the first one, the pass's `first`, becomes entry `at`, whose
  /// prefix is already computed.
  void append_columns(std::size_t first, std::size_t at, std::size_t count) {
    constexpr std::size_t kPitch = 2 * kRows;
    std::uint32_t* entry = row_entries_.get() + at * kPitch;
    for (std::size_t i = first; i < first + count; ++i, entry += kPitch) {
      const auto x = static_cast<std::size_t>(task_.horizontal.source[i]);
      for (std::size_t lane = 0; lane < kRows; lane += hn::Lanes(d32)) {
        const std::uint16_t* from = columns_.get() + x * kRows + lane;
        const auto value = hn::PromoteTo(d32, hn::Load(d16_of_32, from));
        std::uint32_t* prefix = entry + kRows + lane;
        hn::Store(value, d32, entry + lane);
        hn::Store(hn::Add(hn::Load(d32, prefix), value), d32, prefix + kPitch);
      }
    }
  }

  const Task& task_;
  std::size_t width_;
  std::size_t pitch_;
  Buffer<std::uint16_t> column_entries_;
  Buffer<std::uint32_t> row_entries_;
  Buffer<std::uint16_t> band_;     // kBand rows of vertical sums
  Buffer<std::uint16_t> columns_;  // kRows of them transposed
  Buffer<std::uint16_t> sums_;     // a chunk of the blur, transposed
  Buffer<std::uint8_t> rows_;      // kRows of the blur
};

void run(const Task& task) { Blur(task).run(); }

}  // namespace ocrtune::blur::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace blur {
namespace {

HWY_EXPORT(run);

void dispatch(const Task& task) { HWY_DYNAMIC_DISPATCH(run)(task); }

void add_terms(const std::vector<WindowSum::Term>& sum, std::size_t pitch, std::size_t shift,
               Terms& terms) {
  for (const WindowSum::Term& term : sum) {
    const auto at =
        static_cast<std::ptrdiff_t>(static_cast<std::size_t>(term.offset) * pitch + shift);
    if (term.weight == 1) {
      terms.added.push_back(at);
    } else if (term.weight == -1) {
      terms.removed.push_back(at);
    } else {
      terms.weighted.push_back({at, term.weight});
    }
  }
}

Pass pass_over(int length, int taps, const WindowSum& sum, std::size_t each) {
  // As in OpenCV, a side of one pixel is not blurred.
  if (length == 1 && taps > 1) return pass_over(1, 1, window_sum(gaussian_kernel_fixed(1)), each);
  Pass pass{.taps = static_cast<std::size_t>(taps), .terms = {}, .source = {}};
  add_terms(sum.pixels, 2 * each, 0, pass.terms);
  add_terms(sum.prefixes, 2 * each, each, pass.terms);
  const int half = taps / 2;
  for (int i = -half; i < length + half; ++i) {
    pass.source.push_back(cv::borderInterpolate(i, length, cv::BORDER_REFLECT_101));
  }
  return pass;
}

}  // namespace
}  // namespace blur

void gaussian_blur_rows(const cv::Mat& gray, int kernel, const RowSink& sink) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(kernel >= 3 && kernel <= 2001 && kernel % 2 == 1);
  constexpr int kFewTaps = 31;
  if (kernel < kFewTaps) {
    cv::Mat blurred;
    cv::GaussianBlur(standalone(gray), blurred, {kernel, kernel}, 0);
    for (int y = 0; y < gray.rows; ++y) sink(y, blurred.ptr(y));
    return;
  }
  const WindowSum sum = window_sum(gaussian_kernel_fixed(kernel));
  blur::dispatch({.gray = gray,
                  .vertical = blur::pass_over(gray.rows, kernel, sum, blur::kColumns),
                  .horizontal = blur::pass_over(gray.cols, kernel, sum, blur::kRows),
                  .sink = sink});
}

}  // namespace ocrtune

#endif
