#pragma once

#include <cstdint>
#include <vector>

namespace ocrtune::lstm {

/// A unit's pixels as a network's input, row by row (y, then x).
struct LineInput {
  int width = 0;                       ///< px after scaling
  int height = 0;                      ///< px; the network's input height
  float scale = 1;                     ///< source px × scale = px here
  std::vector<std::int8_t> quantised;  ///< −127 to 127, for integer networks; else empty
  std::vector<float> values;           ///< about −1 to 1, for float networks; else empty
};

}  // namespace ocrtune::lstm
