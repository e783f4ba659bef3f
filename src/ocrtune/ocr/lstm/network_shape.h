#pragma once

#include <span>

#include "ocrtune/ocr/lstm/network.h"
#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// Height and width of what runs through a network. A number below 0 says by what the line's width
/// is divided.
struct Extent {
  int height = 0;
  int width = 0;

  friend bool operator==(const Extent&, const Extent&) = default;
};

/// What `layer` makes of an extent.
Extent extent_after(const Layer& layer, Extent extent);

/// Whether layers begin with a convolution of 3 × 3 px, a fully connected layer whose scales don't
/// turn the order of sums, and a max-pool: the pool may then take the greatest sums.
bool begins_with_pooled_convolution(std::span<const Layer> layers);

/// Sets the network's classes and x scale from its layers. Fails on `bytes` where the network
/// isn't what Network promises, or holds more than 2^17 features for a column of pixels.
void check_shapes(Network& network, const tessdata::ByteReader& bytes);

}  // namespace ocrtune::lstm
