#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/border_noise.h"
#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm {

/// The data between layers, row by row, with the features of a position contiguous. Cells are int8
/// (127ths) in integer networks, else float.
template <typename Cell>
struct Tensor {
  int height = 0;
  int width = 0;
  int features = 0;
  std::vector<Cell> cells;

  void resize(int new_height, int new_width, int new_features) {
    height = new_height;
    width = new_width;
    features = new_features;
    cells.assign(static_cast<std::size_t>(height) * static_cast<std::size_t>(width) *
                     static_cast<std::size_t>(features),
                 Cell{});
  }
  [[nodiscard]] std::span<Cell> at(int y, int x) {
    return {cells.data() + offset(y, x), static_cast<std::size_t>(features)};
  }
  [[nodiscard]] std::span<const Cell> at(int y, int x) const {
    return {cells.data() + offset(y, x), static_cast<std::size_t>(features)};
  }

 private:
  [[nodiscard]] std::size_t offset(int y, int x) const {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
            static_cast<std::size_t>(x)) *
           static_cast<std::size_t>(features);
  }
};

/// Sets `outputs` to weights · inputs + bias.
template <typename Cell>
using Product = std::function<void(const WeightMatrix& weights, std::span<const Cell> inputs,
                                   std::span<float> outputs)>;

/// Runs layers one by one, by their definitions. Cell: std::int8_t or float.
template <typename Cell>
class PlainLayers {
 public:
  /// Borrows `noise`.
  PlainLayers(Product<Cell> product, BorderNoise& noise)
      : product_(std::move(product)), noise_(noise) {}

  /// Sets out.probabilities; `out` has its size, steps ≥ 1.
  void run(const Network& network, const LineInput& line, LineOutput& out);

 private:
  Tensor<Cell> run_series(std::span<const Layer> series, Tensor<Cell> data);
  Tensor<Cell> run_layer(const Layer& layer, Tensor<Cell> data);
  Tensor<Cell> convolve(const Convolve& layer, const Tensor<Cell>& data);
  Tensor<Cell> maxpool(const Maxpool& layer, const Tensor<Cell>& data) const;
  Tensor<Cell> reconfigure(const Reconfig& layer, const Tensor<Cell>& data) const;
  Tensor<Cell> reversed(const Reversed& layer, Tensor<Cell> data);
  Tensor<Cell> parallel(const Parallel& layer, const Tensor<Cell>& data);
  Tensor<Cell> run_lstm(const Lstm& layer, const Tensor<Cell>& data) const;
  Tensor<Cell> connect(const FullyConnected& layer, const Tensor<Cell>& data) const;

  Product<Cell> product_;
  BorderNoise& noise_;
};

}  // namespace ocrtune::lstm
