#include "ocrtune/kernels/filter/leptonica_scale.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/kernels/filter/unsharp_mask.h"

namespace ocrtune {
namespace {

constexpr int kSixteenths = 16;  // of a pixel
constexpr double kMinInterpolated = 0.7;
constexpr double kMinAveraged = 0.02;
constexpr double kMinSharpened = 0.2;
constexpr double kMaxSharpened = 1.4;

/// A side of the result, rounded as Leptonica does.
int scaled(int side, float factor) {
  return static_cast<int>(std::floor(static_cast<double>(factor * static_cast<float>(side)) + 0.5));
}

/// Parts of a pixel of the original by which neighbouring pixels of the result are apart.
float step(int from, int to) {
  return static_cast<float>(kSixteenths * from) / static_cast<float>(to);
}

/// Between which pixels of a row or column one of the result is, at most at the last.
struct Between {
  int before = 0;
  int behind = 0;
  int share = 0;  ///< of the one behind, in parts
};

std::vector<Between> all_between(int from, int to) {
  const float distance = step(from, to);
  std::vector<Between> found(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const int at = static_cast<int>(distance * static_cast<float>(i));
    const int before = at / kSixteenths;
    found[static_cast<std::size_t>(i)] = {before, std::min(before + 1, from - 1), at % kSixteenths};
  }
  return found;
}

cv::Mat interpolated(const cv::Mat& gray, cv::Size size) {
  const std::vector<Between> columns = all_between(gray.cols, size.width);
  const std::vector<Between> rows = all_between(gray.rows, size.height);
  std::vector<int> blended(static_cast<std::size_t>(gray.cols));
  cv::Mat out(size, CV_8UC1);
  for (int y = 0; y < size.height; ++y) {
    const Between& row = rows[static_cast<std::size_t>(y)];
    const auto* above = gray.ptr<std::uint8_t>(row.before);
    const auto* below = gray.ptr<std::uint8_t>(row.behind);
    for (std::size_t x = 0; x < blended.size(); ++x) {
      blended[x] = (kSixteenths - row.share) * above[x] + row.share * below[x];
    }
    auto* to = out.ptr<std::uint8_t>(y);
    for (const Between& column : columns) {
      const int sum =
          (kSixteenths - column.share) * blended[static_cast<std::size_t>(column.before)] +
          column.share * blended[static_cast<std::size_t>(column.behind)];
      *to++ = static_cast<std::uint8_t>((sum + kSixteenths * kSixteenths / 2) /
                                        (kSixteenths * kSixteenths));
    }
  }
  return out;
}

/// Which pixels of a row or column one of the result covers.
struct Covered {
  int first = 0;
  int last = 0;
  int first_share = 0;  ///< in parts
  int last_share = 0;

  [[nodiscard]] int parts() const {
    return first_share + kSixteenths * (last - first - 1) + last_share;
  }
};

std::vector<Covered> all_covered(int from, int to) {
  const float distance = step(from, to);
  std::vector<Covered> found(static_cast<std::size_t>(to));
  for (int i = 0; i < to; ++i) {
    const int begin = static_cast<int>(distance * static_cast<float>(i));
    const int end = static_cast<int>(static_cast<double>(distance) * (i + 1.0));
    found[static_cast<std::size_t>(i)] = {begin / kSixteenths, end / kSixteenths,
                                          kSixteenths - begin % kSixteenths, end % kSixteenths};
  }
  return found;
}

/// Adds a row's pixels times its share.
void add_row(const cv::Mat& gray, int y, int share, std::vector<int>& sums) {
  const auto* row = gray.ptr<std::uint8_t>(y);
  for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += share * row[x];
}

/// Leptonica takes the first covered pixel where the last one is that of the image.
bool is_at_edge(const Covered& covered, int size) { return covered.last > size - 2; }

cv::Mat averaged(const cv::Mat& gray, cv::Size size) {
  const std::vector<Covered> columns = all_covered(gray.cols, size.width);
  const std::vector<Covered> rows = all_covered(gray.rows, size.height);
  std::vector<int> sums(static_cast<std::size_t>(gray.cols));
  cv::Mat out(size, CV_8UC1);
  for (int y = 0; y < size.height; ++y) {
    const Covered& row = rows[static_cast<std::size_t>(y)];
    const auto* first = gray.ptr<std::uint8_t>(row.first);
    auto* to = out.ptr<std::uint8_t>(y);
    const bool whole_row = is_at_edge(row, gray.rows);
    if (!whole_row) {
      std::ranges::fill(sums, 0);
      add_row(gray, row.first, row.first_share, sums);
      for (int k = row.first + 1; k < row.last; ++k) add_row(gray, k, kSixteenths, sums);
      add_row(gray, row.last, row.last_share, sums);
    }
    for (const Covered& column : columns) {
      if (whole_row || is_at_edge(column, gray.cols)) {
        *to++ = first[column.first];
        continue;
      }
      const int* sum = &sums[static_cast<std::size_t>(column.first)];
      const int* last = &sums[static_cast<std::size_t>(column.last)];
      int total = column.first_share * *sum + column.last_share * *last;
      while (++sum < last) total += kSixteenths * *sum;
      const int area = column.parts() * row.parts();
      *to++ = static_cast<std::uint8_t>((total + kSixteenths * kSixteenths / 2) / area);
    }
  }
  return out;
}

/// Whether Leptonica has a method of its own for a factor.
bool is_special(float factor) {
  for (const float one : {1.0F, 2.0F, 4.0F, 0.5F, 0.25F, 0.125F, 0.0625F}) {
    if (factor == one) return true;
  }
  return static_cast<double>(factor) < kMinAveraged;
}

}  // namespace

std::optional<cv::Mat> scaled_as_leptonica(const cv::Mat& gray, float factor) {
  CV_Assert(gray.type() == CV_8UC1);
  if (!(factor > 0) || is_special(factor)) return std::nullopt;
  const cv::Size size(scaled(gray.cols, factor), scaled(gray.rows, factor));
  if (size.empty()) return std::nullopt;
  const double exact = factor;
  if (exact < kMinInterpolated) {
    const cv::Mat small = averaged(gray, size);
    return exact > kMinSharpened ? unsharp_masked(small, 1, 0.2F) : small;
  }
  const cv::Mat out = interpolated(gray, size);
  return exact < kMaxSharpened ? unsharp_masked(out, 2, 0.4F) : out;
}

}  // namespace ocrtune
