#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/kernels/gray_statistics.h"

namespace ocrtune {

/// What each gray level becomes.
using LevelTable = std::array<std::uint8_t, 256>;

/// An 8-bit gray image with its darkest pixel at 0 and its lightest at 255, as cv::normalize of
/// OpenCV 4.6 has it with cv::NORM_MINMAX.
///
/// `gray`, here and below, may have any size from 1 x 1. These functions are pure and thread-safe.
cv::Mat stretched(const cv::Mat& gray);

/// What stretched() does to the levels of an image of these.
LevelTable stretch_table(const Histogram& levels);

/// Contrast-limited adaptive histogram equalisation (Zuiderveld 1994) in tiles x tiles parts, as
/// cv::CLAHE of OpenCV 4.6 has it. `clip`, in times the mean, is from 0, for no limit; `tiles` from
/// 1.
cv::Mat equalised(const cv::Mat& gray, double clip, int tiles);

/// How cv::CLAHE cuts an image into tiles and weighs them along one side of it.
struct TileGrid {
  TileGrid(cv::Size size, int tiles);

  /// Of two neighbours by place, one behind the other, and of their weights.
  struct Side {
    std::vector<std::int32_t> tiles;
    std::vector<float> weights;
    std::vector<std::int32_t> source;  ///< of each place of the tiles, the border reflected
  };

  cv::Size tile;  ///< px
  Side columns;
  Side rows;
};

/// What a tile of these levels does to them.
LevelTable equalising_table(Histogram levels, double clip);

}  // namespace ocrtune
