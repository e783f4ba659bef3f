#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::training {

/// A network from the beginning of a model's LSTM component, as Tesseract's lstmtraining goes on
/// with it: weights of 64 bits, without what an earlier training left.
struct FloatNetwork {
  std::vector<std::uint8_t> bytes;
  int height = 0;   ///< px of lines that it gets
  int x_scale = 1;  ///< px of width for a time step
  int classes = 0;  ///< of its output, with the added ones
};

/// The class that an added one is like at first, or kUnlike.
using LikeClasses = std::vector<int>;
inline constexpr int kUnlike = -1;

/// Reads a network at the beginning of `component` and leaves `bytes`, a reader of it that has read
/// nothing yet, behind it. Integer weights become floats of the same value. `like` has the classes
/// to add to the output, after the others: their weights are those of the class they are like, less
/// likely by a factor of e, or the mean of all. All layers get `learning_rate`. Throws
/// Error(dependency_missing) if the network is malformed, exceeds a limit, or has a kind of layer
/// that is not supported. Thread-safe.
FloatNetwork float_network(std::span<const std::uint8_t> component, tessdata::ByteReader& bytes,
                           const LikeClasses& like, float learning_rate);

}  // namespace ocrtune::training
