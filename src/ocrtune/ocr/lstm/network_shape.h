#pragma once

#include <span>

#include "ocrtune/ocr/lstm/network.h"
#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// Height and width of the data between layers. A negative number is the divisor of the line's
/// width.
struct Extent {
  int height = 0;
  int width = 0;

  friend bool operator==(const Extent&, const Extent&) = default;
};

/// The extent of the output of `layer` for an input of this extent.
Extent extent_after(const Layer& layer, Extent extent);

/// Whether layers begin with a convolution of 3 × 3 px, a fully connected layer whose scales
/// preserve the order of sums, and a max-pool: the pool may then take the greatest sums.
bool begins_with_pooled_convolution(std::span<const Layer> layers);

/// Sets the network's classes and x scale from its layers. Fails on `bytes` if the network does not
/// meet the conditions of Network, or holds more than 2^17 features for a column of pixels.
void check_shapes(Network& network, const tessdata::ByteReader& bytes);

}  // namespace ocrtune::lstm
