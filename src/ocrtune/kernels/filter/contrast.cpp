#include "ocrtune/kernels/filter/contrast.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <opencv2/imgproc.hpp>

#include "ocrtune/image/image.h"

namespace ocrtune {
namespace {

TileGrid::Side side_of(int length, int tile, int tiles) {
  TileGrid::Side side;
  const float inverse = 1.0F / static_cast<float>(tile);
  for (int place = 0; place < length; ++place) {
    const float at = static_cast<float>(place) * inverse - 0.5F;
    const int before = cvFloor(at);
    const float by_after = at - static_cast<float>(before);
    side.tiles.push_back(std::max(before, 0));
    side.tiles.push_back(std::min(before + 1, tiles - 1));
    side.weights.push_back(1.0F - by_after);
    side.weights.push_back(by_after);
  }
  for (int place = 0; place < tile * tiles; ++place) {
    side.source.push_back(cv::borderInterpolate(place, length, cv::BORDER_REFLECT_101));
  }
  return side;
}

/// The excess above the limit is distributed over all levels, its remainder over levels at equal
/// distances.
void clip_levels(Histogram& levels, std::uint32_t limit) {
  std::uint32_t clipped = 0;
  for (std::uint32_t& count : levels) {
    if (count <= limit) continue;
    clipped += count - limit;
    count = limit;
  }
  const std::uint32_t each = clipped / 256;
  std::uint32_t rest = clipped - each * 256;
  for (std::uint32_t& count : levels) count += each;
  if (rest == 0) return;
  const std::size_t step = std::max<std::size_t>(256 / rest, 1);
  for (std::size_t level = 0; level < 256 && rest > 0; level += step, --rest) ++levels.at(level);
}

}  // namespace

cv::Mat stretched(const cv::Mat& gray) {
  cv::Mat out;
  cv::normalize(gray, out, 0, 255, cv::NORM_MINMAX, CV_8UC1);
  return out;
}

LevelTable stretch_table(const Histogram& levels) {
  LevelTable table{};
  int darkest = 0;
  while (darkest < 255 && levels.at(static_cast<std::size_t>(darkest)) == 0) ++darkest;
  int lightest = 255;
  while (lightest > darkest && levels.at(static_cast<std::size_t>(lightest)) == 0) --lightest;
  cv::Mat all(1, 256, CV_8UC1, table.data());
  for (int level = 0; level < 256; ++level) {
    all.at<std::uint8_t>(level) = static_cast<std::uint8_t>(std::clamp(level, darkest, lightest));
  }
  stretched(all).copyTo(all);
  return table;
}

cv::Mat equalised(const cv::Mat& gray, double clip, int tiles) {
  cv::Mat out;
  cv::createCLAHE(clip, {tiles, tiles})->apply(standalone(gray), out);
  return out;
}

TileGrid::TileGrid(cv::Size size, int tiles)
    // OpenCV extends both sides if one is not a multiple; a side that is a multiple gets a whole
    // tile.
    : tile(size.width % tiles == 0 && size.height % tiles == 0
               ? cv::Size(size.width / tiles, size.height / tiles)
               : cv::Size(size.width / tiles + 1, size.height / tiles + 1)),
      columns(side_of(size.width, tile.width, tiles)),
      rows(side_of(size.height, tile.height, tiles)) {}

LevelTable equalising_table(Histogram levels, double clip) {
  const std::uint32_t pixels = std::accumulate(levels.begin(), levels.end(), 0U);
  if (clip > 0) {
    const int limit = static_cast<int>(clip * pixels / 256);
    clip_levels(levels, static_cast<std::uint32_t>(std::max(limit, 1)));
  }
  LevelTable table{};
  const float scale = 255.0F / static_cast<float>(pixels);
  int sum = 0;
  for (std::size_t level = 0; level < 256; ++level) {
    sum += static_cast<int>(levels[level]);
    table[level] = cv::saturate_cast<std::uint8_t>(static_cast<float>(sum) * scale);
  }
  return table;
}

}  // namespace ocrtune
