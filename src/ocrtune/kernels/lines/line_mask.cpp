#include "ocrtune/kernels/lines/line_mask.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "ocrtune/base/aligned_memory.h"
#include "ocrtune/kernels/lines/bit_image.h"
#include "ocrtune/kernels/measure/gray_statistics.h"

// Highway compiles the rest of this file once for each instruction set.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/kernels/lines/line_mask.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#ifndef OCRTUNE_KERNELS_LINE_MASK_ONCE
#define OCRTUNE_KERNELS_LINE_MASK_ONCE

namespace ocrtune::lines {

/// Number of pixels before and after its anchor that an element covers.
struct Reach {
  int before = 0;
  int after = 0;
};

using Words = hwy::AlignedFreeUniquePtr<std::uint64_t[]>;

struct Task {
  cv::Mat gray;
  std::uint8_t threshold = 0;
  Reach across;
  Reach down;
  int dilate = 0;
};

}  // namespace ocrtune::lines

#endif

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lines::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<std::uint64_t, BitImage::kLine>;
using V = hn::Vec<D>;

constexpr D d;  // NOLINT(readability-identifier-naming): Highway's custom

/// Calls `shift_by` with distances such that, if each shifted copy is joined with the original,
/// every bit fills the `reach` positions beside it.
template <typename ShiftBy>
HWY_INLINE void by_doubling(int reach, const ShiftBy& shift_by) {
  const int wanted = reach + 1;
  int filled = 1;
  for (; 2 * filled <= wanted; filled *= 2) shift_by(static_cast<std::size_t>(filled));
  if (filled < wanted) shift_by(static_cast<std::size_t>(wanted - filled));
}

HWY_INLINE bool is_zero(V words) { return hn::AllTrue(d, hn::Eq(words, hn::Zero(d))); }

HWY_INLINE V shifted_left(V words, int bits) { return hn::ShiftLeftSame(words, bits); }

/// By 64 - bits, for bits from 0 to 63.
HWY_INLINE V shifted_right_by_rest(V words, int bits) {
  return hn::ShiftRight<1>(hn::ShiftRightSame(words, BitImage::kWordBits - 1 - bits));
}

HWY_INLINE V shifted_right(V words, int bits) { return hn::ShiftRightSame(words, bits); }

HWY_INLINE V shifted_left_by_rest(V words, int bits) {
  return hn::ShiftLeft<1>(hn::ShiftLeftSame(words, BitImage::kWordBits - 1 - bits));
}

/// As many rows as a vector has lanes, with one vector for each column of words.
class Rows {
 public:
  explicit Rows(std::size_t columns)
      : columns_(columns), words_(aligned_memory<std::uint64_t>(columns * BitImage::kLine)) {}

  [[nodiscard]] V get(std::size_t column) const { return hn::Load(d, at(column)); }
  void set(std::size_t column, V words) { hn::Store(words, d, at(column)); }

  void spread(const Reach& reach) {
    spread_right(reach.before);
    spread_left(reach.after);
  }

  /// Every bit also sets the `reach` bits right of it.
  void spread_right(int reach) {
    by_doubling(reach, [this](std::size_t distance) {
      const std::size_t whole = distance / BitImage::kWordBits;
      const int bits = static_cast<int>(distance % BitImage::kWordBits);
      if (whole >= columns_) return;
      V from = get(columns_ - 1 - whole);
      for (std::size_t column = columns_ - 1; column > whole; --column) {
        const V before = get(column - whole - 1);
        add(column, hn::Or(shifted_left(from, bits), shifted_right_by_rest(before, bits)));
        from = before;
      }
      add(whole, shifted_left(from, bits));
    });
  }

  void spread_left(int reach) {
    by_doubling(reach, [this](std::size_t distance) {
      const std::size_t whole = distance / BitImage::kWordBits;
      const int bits = static_cast<int>(distance % BitImage::kWordBits);
      if (whole >= columns_) return;
      V from = get(whole);
      for (std::size_t column = 0; column + whole + 1 < columns_; ++column) {
        const V after = get(column + whole + 1);
        add(column, hn::Or(shifted_right(from, bits), shifted_left_by_rest(after, bits)));
        from = after;
      }
      add(columns_ - 1 - whole, shifted_right(from, bits));
    });
  }

 private:
  [[nodiscard]] std::uint64_t* at(std::size_t column) const {
    return words_.get() + column * hn::Lanes(d);
  }
  void add(std::size_t column, V words) { set(column, hn::Or(get(column), words)); }

  std::size_t columns_;
  Words words_;
};

/// A column of words, with zeros above and below.
class Column {
 public:
  explicit Column(std::size_t rows)
      : rows_(hwy::RoundUpTo(rows, hn::Lanes(d))),
        words_(aligned_memory<std::uint64_t>(rows_ + 2 * BitImage::kLine)) {
    std::fill_n(words_.get(), rows_ + 2 * BitImage::kLine, std::uint64_t{0});
  }

  [[nodiscard]] V get(std::size_t row) const { return hn::Load(d, at(row)); }
  void set(std::size_t row, V words) { hn::Store(words, d, at(row)); }

  void spread(const Reach& reach) {
    spread_down(reach.before);
    spread_up(reach.after);
  }

  /// Every bit also sets those in the `reach` rows below it.
  void spread_down(int reach) {
    const std::size_t lanes = hn::Lanes(d);
    by_doubling(reach, [=, this](std::size_t distance) {
      for (std::size_t row = rows_; row > distance;) {
        row -= lanes;
        set(row, hn::Or(get(row), hn::LoadU(d, at(row) - distance)));
      }
    });
  }

  void spread_up(int reach) {
    const std::size_t lanes = hn::Lanes(d);
    by_doubling(reach, [=, this](std::size_t distance) {
      for (std::size_t row = 0; row + distance < rows_; row += lanes) {
        set(row, hn::Or(get(row), hn::LoadU(d, at(row) + distance)));
      }
    });
  }

 private:
  [[nodiscard]] std::uint64_t* at(std::size_t row) const {
    return words_.get() + BitImage::kLine + row;
  }

  std::size_t rows_;
  Words words_;
};

#if HWY_TARGET == HWY_SCALAR

/// Sets the bits of the 64 pixels above the threshold.
HWY_INLINE void pack(const std::uint8_t* pixels, std::uint8_t threshold, std::uint64_t* to) {
  std::uint64_t word = 0;
  for (int i = 0; i < BitImage::kWordBits; ++i) word |= std::uint64_t{pixels[i] > threshold} << i;
  *to = word;
}

#else

HWY_INLINE void pack(const std::uint8_t* pixels, std::uint8_t threshold, std::uint64_t* to) {
  const hn::CappedTag<std::uint8_t, BitImage::kWordBits> d8;
  auto* bytes = reinterpret_cast<std::uint8_t*>(to);
  for (std::size_t i = 0; i < BitImage::kWordBits; i += hn::Lanes(d8)) {
    const auto above = hn::Gt(hn::LoadU(d8, pixels + i), hn::Set(d8, threshold));
    hn::StoreMaskBits(d8, above, bytes + i / 8);
  }
}

#endif

/// Finds the lines of the gray image.
///
/// x stays in the erosion of the ink iff no paper lies from x - before to x + after: paper at p
/// removes p - after to p + before, and beyond the border there is none. In the same way a pixel
/// left at p adds p - after to p + before to the dilation of what is left. So both spread bits by
/// `before` to the right and by `after` to the left: the opening is spread(not spread(paper)).
class Finder {
 public:
  Finder(const Task& task, BitImage& lines)
      : task_(task), paper_(task.gray.size()), lines_(lines) {}

  /// Writes the lines as bits; false if there are none.
  bool run() {
    find_paper();
    for (std::size_t row = 0; row < rows(); row += hn::Lanes(d)) open_rows(row);
    for (std::size_t column = 0; column < lines_.columns(); ++column) open_column(column);
    if (!found_) return false;
    if (task_.dilate > 0) {
      for (std::size_t row = 0; row < rows(); row += hn::Lanes(d)) dilate_rows(row);
    }
    return true;
  }

 private:
  [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(lines_.size().height); }

  /// The bits of a vector that are pixels.
  [[nodiscard]] V pixels_in(std::size_t column, std::size_t row) const {
    const std::size_t left = rows() - row;
    const V all = hn::Set(d, lines_.pixels_in(column));
    return left >= hn::Lanes(d) ? all : hn::IfThenElseZero(hn::FirstN(d, left), all);
  }

  void find_paper() {
    const std::size_t whole = static_cast<std::size_t>(task_.gray.cols) / BitImage::kWordBits;
    const std::size_t rest = static_cast<std::size_t>(task_.gray.cols) % BitImage::kWordBits;
    for (std::size_t row = 0; row < rows(); ++row) {
      const auto* pixels = task_.gray.ptr<std::uint8_t>(static_cast<int>(row));
      for (std::size_t column = 0; column < whole; ++column) {
        pack(pixels, task_.threshold, paper_.column(column) + row);
        pixels += BitImage::kWordBits;
      }
      if (rest == 0) continue;
      std::uint8_t last[BitImage::kWordBits] = {};
      std::memcpy(last, pixels, rest);
      pack(last, task_.threshold, paper_.column(whole) + row);
    }
  }

  void open_rows(std::size_t row) {
    const std::size_t columns = lines_.columns();
    for (std::size_t c = 0; c < columns; ++c) {
      rows_.set(c, hn::Load(d, paper_.column(c) + row));
    }
    rows_.spread_right(task_.across.before);
    V ink = hn::Zero(d);
    for (std::size_t c = 0; c < columns; ++c) {
      ink = hn::Or(ink, hn::AndNot(rows_.get(c), pixels_in(c, row)));
    }
    if (is_zero(ink)) return;
    rows_.spread_left(task_.across.after);
    for (std::size_t c = 0; c < columns; ++c) {
      rows_.set(c, hn::AndNot(rows_.get(c), pixels_in(c, row)));
    }
    rows_.spread(task_.across);
    for (std::size_t c = 0; c < columns; ++c) {
      const V line = hn::And(rows_.get(c), pixels_in(c, row));
      hn::Store(line, d, lines_.column(c) + row);
    }
  }

  /// Joins the vertical lines of a column to the horizontal ones and dilates both vertically.
  void open_column(std::size_t column) {
    const std::size_t lanes = hn::Lanes(d);
    const bool vertical = find_vertical(column);
    V found = hn::Zero(d);
    for (std::size_t row = 0; row < rows(); row += lanes) {
      V line = hn::Load(d, lines_.column(column) + row);
      if (vertical) line = hn::Or(line, hn::And(column_.get(row), pixels_in(column, row)));
      column_.set(row, line);
      found = hn::Or(found, line);
    }
    if (is_zero(found)) return;
    found_ = true;
    column_.spread({task_.dilate, task_.dilate});
    for (std::size_t row = 0; row < rows(); row += lanes) {
      hn::Store(column_.get(row), d, lines_.column(column) + row);
    }
  }

  /// Computes the opening of a column of the ink in column_; false, with column_ undefined, if
  /// nothing is left of it.
  bool find_vertical(std::size_t column) {
    const std::size_t lanes = hn::Lanes(d);
    for (std::size_t row = 0; row < rows(); row += lanes) {
      column_.set(row, hn::Load(d, paper_.column(column) + row));
    }
    column_.spread_down(task_.down.before);
    V ink = hn::Zero(d);
    for (std::size_t row = 0; row < rows(); row += lanes) {
      ink = hn::Or(ink, hn::AndNot(column_.get(row), pixels_in(column, row)));
    }
    if (is_zero(ink)) return false;
    column_.spread_up(task_.down.after);
    for (std::size_t row = 0; row < rows(); row += lanes) {
      column_.set(row, hn::AndNot(column_.get(row), pixels_in(column, row)));
    }
    column_.spread(task_.down);
    return true;
  }

  void dilate_rows(std::size_t row) {
    for (std::size_t c = 0; c < lines_.columns(); ++c) {
      rows_.set(c, hn::Load(d, lines_.column(c) + row));
    }
    rows_.spread({task_.dilate, task_.dilate});
    for (std::size_t c = 0; c < lines_.columns(); ++c) {
      hn::Store(hn::And(rows_.get(c), pixels_in(c, row)), d, lines_.column(c) + row);
    }
  }

  const Task& task_;
  BitImage paper_;
  BitImage& lines_;
  Rows rows_{paper_.columns()};
  Column column_{static_cast<std::size_t>(paper_.size().height)};
  bool found_ = false;
};

bool find(const Task& task, BitImage& lines) { return Finder(task, lines).run(); }

}  // namespace ocrtune::lines::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune {
namespace lines {
namespace {

HWY_EXPORT(find);

/// An opening with two iterations, which OpenCV does as one with an element of 2 * length - 1
/// pixels, its anchor at twice the anchor of one. An element that extends beyond the border on both
/// sides of every pixel is cut off there.
Reach twice(int length, int extent) {
  const int before = length / 2 * 2;
  const int after = 2 * length - 2 - before;
  return {std::min(before, extent), std::min(after, extent)};
}

bool find(const cv::Mat& gray, const LineSizes& sizes, BitImage& lines) {
  const Task task{.gray = gray,
                  .threshold = static_cast<std::uint8_t>(otsu_threshold(gray)),
                  .across = twice(sizes.h_size, gray.cols),
                  .down = twice(sizes.v_size, gray.rows),
                  .dilate = std::min(sizes.dilate_iter, std::max(gray.cols, gray.rows))};
  return HWY_DYNAMIC_DISPATCH(find)(task, lines);
}

void check(const cv::Mat& gray, const LineSizes& sizes) {
  CV_Assert(gray.type() == CV_8UC1 && !gray.empty());
  CV_Assert(sizes.h_size >= 1 && sizes.v_size >= 1 && sizes.dilate_iter >= 0);
}

}  // namespace
}  // namespace lines

cv::Mat line_mask(const cv::Mat& gray, const LineSizes& sizes) {
  lines::check(gray, sizes);
  cv::Mat mask(gray.size(), CV_8UC1, cv::Scalar(0));
  BitImage found(gray.size());
  if (lines::find(gray, sizes, found)) paint(found, mask);
  return mask;
}

cv::Mat without_lines(const cv::Mat& gray, const LineSizes& sizes) {
  lines::check(gray, sizes);
  BitImage found(gray.size());
  if (!lines::find(gray, sizes, found)) return gray;
  cv::Mat out = gray.clone();
  paint(found, out);
  return out;
}

}  // namespace ocrtune

#endif
