#include "ocrtune/ocr/lstm/plain_layers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ocrtune/ocr/lstm/activations.h"

namespace ocrtune::lstm {
namespace {

void as_cells(std::span<const float> values, std::span<std::int8_t> cells) {
  std::transform(values.begin(), values.end(), cells.begin(), quantised);
}

void as_cells(std::span<const float> values, std::span<float> cells) {
  std::copy(values.begin(), values.end(), cells.begin());
}

const std::vector<std::int8_t>& cells_of(const LineInput& line, std::int8_t /*cell*/) {
  return line.quantised;
}

const std::vector<float>& cells_of(const LineInput& line, float /*cell*/) { return line.values; }

std::span<const std::int8_t> draw(BorderNoise& noise, std::size_t count, std::int8_t /*cell*/) {
  return noise.quantised(count);
}

std::span<const float> draw(BorderNoise& noise, std::size_t count, float /*cell*/) {
  return noise.values(count);
}

float activated(Activation activation, float x) {
  switch (activation) {
    case Activation::tanh:
      return table_tanh(x);
    case Activation::logistic:
      return table_logistic(x);
    case Activation::relu:
      return x <= 0 ? 0 : x;
    case Activation::linear:
    case Activation::softmax:
      break;
  }
  return x;
}

/// The state of an LSTM along a row.
struct Memory {
  std::vector<float> state;
  std::array<std::vector<float>, 4> gates;
  std::vector<float> output;

  explicit Memory(int states)
      : state(static_cast<std::size_t>(states)), output(static_cast<std::size_t>(states)) {
    gates.fill(state);
  }

  void step() {
    constexpr float kGreatestState = 100;
    for (std::size_t i = 0; i < state.size(); ++i) {
      const float kept = state[i] * table_logistic(gates[Lstm::forget][i]);
      const float added =
          table_tanh(gates[Lstm::candidate][i]) * table_logistic(gates[Lstm::input][i]);
      state[i] = std::clamp(kept + added, -kGreatestState, kGreatestState);
      output[i] = table_tanh(state[i]) * table_logistic(gates[Lstm::output][i]);
    }
  }
};

}  // namespace

template <typename Cell>
void PlainLayers<Cell>::run(const Network& network, const LineInput& line, LineOutput& out) {
  const std::span<const Layer> series(network.layers);
  Tensor<Cell> data{
      .height = line.height, .width = line.width, .features = 1, .cells = cells_of(line, Cell{})};
  data = run_series(series.first(series.size() - 1), std::move(data));
  const auto classes = static_cast<std::size_t>(out.classes);
  for (int step = 0; step < out.steps; ++step) {
    const auto probabilities =
        std::span(out.probabilities).subspan(static_cast<std::size_t>(step) * classes, classes);
    product_(std::get<FullyConnected>(series.back().kind).weights, data.at(0, step), probabilities);
    softmax(probabilities);
  }
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::run_series(std::span<const Layer> series, Tensor<Cell> data) {
  for (const Layer& layer : series) data = run_layer(layer, std::move(data));
  return data;
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::run_layer(const Layer& layer, Tensor<Cell> data) {
  if (const auto* convolution = std::get_if<Convolve>(&layer.kind)) {
    return convolve(*convolution, data);
  }
  if (const auto* pool = std::get_if<Maxpool>(&layer.kind)) return maxpool(*pool, data);
  if (const auto* reconfig = std::get_if<Reconfig>(&layer.kind)) {
    return reconfigure(*reconfig, data);
  }
  if (const auto* turned = std::get_if<Reversed>(&layer.kind)) {
    return reversed(*turned, std::move(data));
  }
  if (const auto* branched = std::get_if<Parallel>(&layer.kind)) return parallel(*branched, data);
  if (const auto* lstm = std::get_if<Lstm>(&layer.kind)) return run_lstm(*lstm, data);
  return connect(std::get<FullyConnected>(layer.kind), data);
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::convolve(const Convolve& layer, const Tensor<Cell>& data) {
  const int stacked = (2 * layer.half_y + 1) * data.features;
  const auto column = static_cast<std::size_t>(stacked);
  Tensor<Cell> out;
  out.resize(data.height, data.width, stacked * (2 * layer.half_x + 1));
  for (int y = 0; y < data.height; ++y) {
    for (int x = 0; x < data.width; ++x) {
      auto to = out.at(y, x).begin();
      for (int from_x = x - layer.half_x; from_x <= x + layer.half_x; ++from_x) {
        if (from_x < 0 || from_x >= data.width) {
          to = std::ranges::copy(draw(noise_, column, Cell{}), to).out;
          continue;
        }
        for (int from_y = y - layer.half_y; from_y <= y + layer.half_y; ++from_y) {
          const auto from = from_y < 0 || from_y >= data.height
                                ? draw(noise_, static_cast<std::size_t>(data.features), Cell{})
                                : data.at(from_y, from_x);
          to = std::ranges::copy(from, to).out;
        }
      }
    }
  }
  return out;
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::maxpool(const Maxpool& layer, const Tensor<Cell>& data) const {
  Tensor<Cell> out;
  out.resize(data.height / layer.y_scale, data.width / layer.x_scale, data.features);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      const auto to = out.at(y, x);
      std::ranges::copy(data.at(y * layer.y_scale, x * layer.x_scale), to.begin());
      for (int dy = 0; dy < layer.y_scale; ++dy) {
        for (int dx = 0; dx < layer.x_scale; ++dx) {
          const auto from = data.at(y * layer.y_scale + dy, x * layer.x_scale + dx);
          std::ranges::transform(to, from, to.begin(),
                                 [](Cell a, Cell b) { return std::max(a, b); });
        }
      }
    }
  }
  return out;
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::reconfigure(const Reconfig& layer, const Tensor<Cell>& data) const {
  Tensor<Cell> out;
  out.resize(data.height / layer.y_scale, data.width / layer.x_scale,
             data.features * layer.x_scale * layer.y_scale);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      auto to = out.at(y, x).begin();
      for (int dx = 0; dx < layer.x_scale; ++dx) {
        for (int dy = 0; dy < layer.y_scale; ++dy) {
          to = std::ranges::copy(data.at(y * layer.y_scale + dy, x * layer.x_scale + dx), to).out;
        }
      }
    }
  }
  return out;
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::reversed(const Reversed& layer, Tensor<Cell> data) {
  const auto turn = [&layer](const Tensor<Cell>& from) {
    const bool transpose = layer.axis == Reversed::Axis::transpose;
    Tensor<Cell> to;
    to.resize(transpose ? from.width : from.height, transpose ? from.height : from.width,
              from.features);
    for (int y = 0; y < from.height; ++y) {
      for (int x = 0; x < from.width; ++x) {
        const int to_y = layer.axis == Reversed::Axis::y ? from.height - 1 - y : y;
        const int to_x = layer.axis == Reversed::Axis::x ? from.width - 1 - x : x;
        std::ranges::copy(from.at(y, x),
                          (transpose ? to.at(to_x, to_y) : to.at(to_y, to_x)).begin());
      }
    }
    return to;
  };
  return turn(run_series(layer.series, turn(data)));
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::parallel(const Parallel& layer, const Tensor<Cell>& data) {
  std::vector<Tensor<Cell>> results;
  int features = 0;
  for (const Series& branch : layer.branches) {
    results.push_back(run_series(branch, data));
    features += results.back().features;
  }
  Tensor<Cell> out;
  out.resize(results[0].height, results[0].width, features);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      auto to = out.at(y, x).begin();
      for (const Tensor<Cell>& result : results) {
        to = std::ranges::copy(result.at(y, x), to).out;
      }
    }
  }
  return out;
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::run_lstm(const Lstm& layer, const Tensor<Cell>& data) const {
  Tensor<Cell> out;
  out.resize(data.height, layer.summary ? 1 : data.width, layer.states);
  const auto states = static_cast<std::size_t>(layer.states);
  const auto inputs = static_cast<std::size_t>(data.features);
  std::vector<Cell> source(inputs + states);
  for (int y = 0; y < data.height; ++y) {
    Memory memory(layer.states);
    std::fill(source.begin(), source.end(), Cell{});
    for (int x = 0; x < data.width; ++x) {
      std::ranges::copy(data.at(y, x), source.begin());
      for (std::size_t gate = 0; gate < layer.gates.size(); ++gate) {
        product_(layer.gates[gate], source, memory.gates[gate]);
      }
      memory.step();
      as_cells(memory.output, std::span(source).subspan(inputs));
      std::copy(source.begin() + static_cast<std::ptrdiff_t>(inputs), source.end(),
                out.at(y, layer.summary ? 0 : x).begin());
    }
  }
  return out;
}

template <typename Cell>
Tensor<Cell> PlainLayers<Cell>::connect(const FullyConnected& layer,
                                        const Tensor<Cell>& data) const {
  Tensor<Cell> out;
  out.resize(data.height, data.width, layer.weights.outputs);
  std::vector<float> outputs(static_cast<std::size_t>(layer.weights.outputs));
  for (int y = 0; y < data.height; ++y) {
    for (int x = 0; x < data.width; ++x) {
      product_(layer.weights, data.at(y, x), outputs);
      for (float& output : outputs) output = activated(layer.activation, output);
      as_cells(outputs, out.at(y, x));
    }
  }
  return out;
}

template class PlainLayers<std::int8_t>;
template class PlainLayers<float>;

}  // namespace ocrtune::lstm
