#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ocrtune/devices/device.h"
#include "ocrtune/ocr/lstm/network.h"
#include "ocrtune/ocr/lstm/view.h"

namespace ocrtune::lstm {

/// The positions of a line among those of a sheet; may be a reversed or transposed view.
struct Grid {
  std::int32_t first = 0;
  std::int32_t y_apart = 0;
  std::int32_t x_apart = 0;
  GridSize size;

  [[nodiscard]] std::int32_t at(int y, int x) const { return first + y * y_apart + x * x_apart; }

  [[nodiscard]] Grid turned(Reversed::Axis axis) const {
    Grid grid = *this;
    if (axis == Reversed::Axis::transpose) {
      grid.size = size.turned();
      std::swap(grid.y_apart, grid.x_apart);
    } else if (axis == Reversed::Axis::x) {
      grid.first = at(0, size.width - 1);
      grid.x_apart = -x_apart;
    } else {
      grid.first = at(size.height - 1, 0);
      grid.y_apart = -y_apart;
    }
    return grid;
  }
};

/// The data between layers for all lines of a batch: their positions one after the other, in memory
/// of a device, each with its features in words of four.
struct Sheet {
  Device::BufferPtr cells;
  std::int32_t stride = 0;  ///< bytes from a position to the next
  std::int32_t positions = 0;
  std::vector<Grid> lines;
};

/// Destination of a layer's outputs: features from `feature` on of memory with room for them.
/// Without cells the layer allocates memory of its own.
struct Room {
  Device::BufferPtr cells;
  std::int32_t stride = 0;
  std::int32_t feature = 0;
};

}  // namespace ocrtune::lstm
