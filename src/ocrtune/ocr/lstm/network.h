#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "ocrtune/ocr/lstm/weight_matrix.h"
#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

struct Layer;
/// Layers that run one after the other.
using Series = std::vector<Layer>;

/// Stacks each position's neighbourhood: x, then y, then features. Outside the image there is
/// noise.
struct Convolve {
  int half_x = 0;
  int half_y = 0;
};

/// The maximum of each x_scale × y_scale block, feature by feature; incomplete blocks are dropped.
struct Maxpool {
  int x_scale = 1;
  int y_scale = 1;
};

/// Stacks each x_scale × y_scale block: x, then y, then features.
struct Reconfig {
  int x_scale = 1;
  int y_scale = 1;
};

/// Runs a series on reversed or transposed data and reverses or transposes the output back.
struct Reversed {
  enum class Axis { x, y, transpose };
  Axis axis = Axis::x;
  Series series;
};

/// Runs all branches on the same data and stacks their outputs.
struct Parallel {
  std::vector<Series> branches;
};

/// A long short-term memory along each row, from left to right.
struct Lstm {
  enum Gate { candidate, input, forget, output };
  int states = 0;
  bool summary = false;               ///< only the last output of each row is passed on
  std::array<WeightMatrix, 4> gates;  ///< by Gate; inputs: the layer's, then the last output
};

enum class Activation { tanh, logistic, relu, linear, softmax };

struct FullyConnected {
  Activation activation = Activation::linear;
  WeightMatrix weights;
};

struct Layer {
  int inputs = 0;   ///< features of a position
  int outputs = 0;  ///< features of a position
  std::variant<Convolve, Maxpool, Reconfig, Reversed, Parallel, Lstm, FullyConnected> kind;
};

/// A network as plain data, checked: shapes of neighbouring layers fit, the last layer is the only
/// softmax, and its output is one row.
struct Network {
  Series layers;           ///< after the input, nested series flattened
  int input_height = 0;    ///< px
  int x_scale_factor = 1;  ///< px of width for a time step
  int classes = 0;
  bool integer = false;  ///< int8 weights (tessdata_fast), else float (tessdata_best)
};

/// Reads a network from the beginning of a model's LSTM component and leaves `bytes` after it.
/// Throws Error(dependency_missing) if it is malformed, exceeds a limit (32 layers deep, 256
/// layers, 4096 inputs, 65,536 outputs and 2^26 weights), or has a kind of layer that is not
/// supported.
Network parse_network(tessdata::ByteReader& bytes);

}  // namespace ocrtune::lstm
