#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <optional>

#include "ocrtune/kernels/nlm/weights.h"

namespace ocrtune::nlm {

/// Columns of the tiles that are processed together.
constexpr std::ptrdiff_t kTilesColumns = 512;

/// Upper left corner of a tile, in pixels of the image.
struct Corner {
  std::ptrdiff_t x = 0;
  std::ptrdiff_t y = 0;
};

/// An image to be denoised.
struct Task {
  cv::Mat extended;  // the image with the borders that pixel() gives
  cv::Size size;     // without borders
  std::ptrdiff_t reach = 0;
  Weights weights;
  std::optional<std::uint8_t> flat_level;  // the gray level of FlatPatches, if they pay

  [[nodiscard]] std::ptrdiff_t halo() const { return reach + kHalf; }
  [[nodiscard]] std::ptrdiff_t left() const { return reach + halo(); }

  /// A pixel of the image, with its border to x = -reach - halo and y = -halo; rows below the
  /// border repeat the last.
  [[nodiscard]] const std::uint8_t* pixel(std::ptrdiff_t x, std::ptrdiff_t y) const {
    const std::ptrdiff_t row = std::min<std::ptrdiff_t>(y + halo(), extended.rows - 1);
    return extended.ptr<std::uint8_t>(static_cast<int>(row)) + left() + x;
  }
};

}  // namespace ocrtune::nlm
