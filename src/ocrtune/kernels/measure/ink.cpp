#include "ocrtune/kernels/measure/ink.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/kernels/measure/paper_level.h"

namespace ocrtune {

namespace {

/// Side of the tiles for which, with their neighbours, paper and ink are estimated.
constexpr int kTile = 64;
/// Least share of the pixels around a tile that text covers, in 1/1000.
constexpr int kMinInk = 5;
/// Least difference between paper and ink in gray levels.
constexpr int kMinContrastOfInk = 16;

using TileHistogram = std::array<std::int32_t, 256>;

class TileHistograms {
 public:
  explicit TileHistograms(const cv::Mat& gray)
      : size_((gray.cols + kTile - 1) / kTile, (gray.rows + kTile - 1) / kTile),
        tiles_(static_cast<std::size_t>(size_.area())) {
    for (int y = 0; y < gray.rows; ++y) {
      const std::uint8_t* row = gray.ptr<std::uint8_t>(y);
      for (int tile = 0; tile < size_.width; ++tile) {
        TileHistogram& counts = tiles_[index(tile, y / kTile)];
        const int end = std::min((tile + 1) * kTile, gray.cols);
        for (int x = tile * kTile; x < end; ++x) ++counts[row[x]];
      }
    }
  }

  [[nodiscard]] cv::Size size() const { return size_; }

  /// The histogram of a tile and its neighbours.
  [[nodiscard]] TileHistogram around(int column, int row) const {
    TileHistogram sum{};
    for (int y = std::max(row - 1, 0); y <= std::min(row + 1, size_.height - 1); ++y) {
      for (int x = std::max(column - 1, 0); x <= std::min(column + 1, size_.width - 1); ++x) {
        const TileHistogram& tile = tiles_[index(x, y)];
        for (std::size_t level = 0; level < sum.size(); ++level) sum[level] += tile[level];
      }
    }
    return sum;
  }

 private:
  [[nodiscard]] std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size_.width) +
           static_cast<std::size_t>(column);
  }

  cv::Size size_;
  std::vector<TileHistogram> tiles_;
};

/// The lowest level with at least `share` of the pixels at or below it, in 1/1000.
int quantile(const TileHistogram& counts, int share) {
  std::int64_t all = 0;
  for (const std::int32_t count : counts) all += count;
  std::int64_t seen = 0;
  for (std::size_t level = 0; level < counts.size(); ++level) {
    seen += counts[level];
    if (seen * 1000 > all * share) return static_cast<int>(level);
  }
  return 255;
}

/// Levels of ink for each tile: dark ink is below one, light ink above the other; 0 and 255 if the
/// tile has no such ink.
struct Limits {
  cv::Mat below;
  cv::Mat above;
};

Limits ink_limits(const cv::Mat& gray) {
  const TileHistograms tiles(gray);
  Limits limits{cv::Mat(tiles.size(), CV_8UC1), cv::Mat(tiles.size(), CV_8UC1)};
  for (int row = 0; row < tiles.size().height; ++row) {
    for (int column = 0; column < tiles.size().width; ++column) {
      const TileHistogram counts = tiles.around(column, row);
      const int paper = quantile(counts, 500);
      const int dark = paper - quantile(counts, kMinInk);
      const int light = quantile(counts, 1000 - kMinInk) - paper;
      // Noise spreads equally to both sides.
      const bool has_dark = dark >= kMinContrastOfInk && 2 * dark > 3 * light;
      const bool has_light = light >= kMinContrastOfInk && 2 * light > 3 * dark;
      limits.below.at<uchar>(row, column) = static_cast<uchar>(has_dark ? paper - dark / 2 : 0);
      limits.above.at<uchar>(row, column) = static_cast<uchar>(has_light ? paper + light / 2 : 255);
    }
  }
  return limits;
}

template <typename IsInk>
cv::Mat ink_mask(const cv::Mat& gray, const cv::Mat& limits, IsInk is_ink) {
  cv::Mat mask(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    const uchar* row = gray.ptr(y);
    const uchar* limit = limits.ptr(y / kTile);
    uchar* to = mask.ptr(y);
    for (int tile = 0; tile < limits.cols; ++tile) {
      const int end = std::min((tile + 1) * kTile, gray.cols);
      for (int x = tile * kTile; x < end; ++x) to[x] = is_ink(row[x], limit[tile]) ? 255 : 0;
    }
  }
  return mask;
}

}  // namespace

InkMasks ink_masks(const cv::Mat& gray) {
  CV_Assert(!gray.empty() && gray.type() == CV_8UC1);
  const Limits limits = ink_limits(gray);
  return {ink_mask(gray, limits.below, [](uchar level, uchar limit) { return level < limit; }),
          ink_mask(gray, limits.above, [](uchar level, uchar limit) { return level > limit; })};
}

InkMasks faint_ink_masks(const cv::Mat& gray) {
  constexpr int kTimes = 4;
  constexpr int kMiddle = 128;
  cv::Mat stretched;
  gray.convertTo(stretched, CV_8U, kTimes, kMiddle - kTimes * paper_level(gray));
  return ink_masks(stretched);
}

}  // namespace ocrtune
