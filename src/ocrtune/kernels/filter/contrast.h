#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/kernels/measure/gray_statistics.h"

namespace ocrtune {

/// The new level of each gray level.
using LevelTable = std::array<std::uint8_t, 256>;

/// An 8-bit gray image stretched so that its darkest pixel is 0 and its lightest 255, as by
/// cv::normalize of OpenCV 4.6 with cv::NORM_MINMAX.
///
/// `gray`, here and below, may have any size from 1 x 1. These functions are pure and thread-safe.
cv::Mat stretched(const cv::Mat& gray);

/// The mapping of stretched() for an image with these levels.
LevelTable stretch_table(const Histogram& levels);

/// Contrast-limited adaptive histogram equalization (Zuiderveld 1994) in tiles x tiles parts, as by
/// cv::CLAHE of OpenCV 4.6. `clip`, a multiple of the mean, is from 0, for no limit; `tiles` from
/// 1.
cv::Mat equalised(const cv::Mat& gray, double clip, int tiles);

/// How cv::CLAHE divides an image into tiles and weights them along one axis.
struct TileGrid {
  TileGrid(cv::Size size, int tiles);

  /// By position: the two neighbouring tiles, and their weights.
  struct Side {
    std::vector<std::int32_t> tiles;
    std::vector<float> weights;
    std::vector<std::int32_t> source;  ///< of each position in the tiles, with the border reflected
  };

  cv::Size tile;  ///< px
  Side columns;
  Side rows;
};

/// The mapping of a tile with these levels.
LevelTable equalising_table(Histogram levels, double clip);

}  // namespace ocrtune
