#include "support/networks.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

#include "ocrtune/ocr/languages.h"

namespace ocrtune::lstm::networks {
namespace {

int between(int low, int high, Random& random) {
  return std::uniform_int_distribution(low, high)(random);
}

Layer connected(Activation activation, int inputs, int outputs, Random& random) {
  return {.inputs = inputs,
          .outputs = outputs,
          .kind = FullyConnected{.activation = activation,
                                 .weights = random_weights(outputs, inputs, random)}};
}

Layer lstm(bool summary, int inputs, int states, Random& random) {
  Lstm kind{.states = states, .summary = summary, .gates = {}};
  for (WeightMatrix& gate : kind.gates) gate = random_weights(states, inputs + states, random);
  return {.inputs = inputs, .outputs = states, .kind = std::move(kind)};
}

Layer turned(Reversed::Axis axis, Layer layer) {
  const int inputs = layer.inputs;
  const int outputs = layer.outputs;
  Reversed kind{.axis = axis, .series = {}};
  kind.series.push_back(std::move(layer));
  return {.inputs = inputs, .outputs = outputs, .kind = std::move(kind)};
}

void add_convolution(Network& network, int half, int features, Activation activation,
                     Random& random) {
  const int stacked = (2 * half + 1) * (2 * half + 1);
  network.layers.push_back(
      {.inputs = 1, .outputs = stacked, .kind = Convolve{.half_x = half, .half_y = half}});
  network.layers.push_back(connected(activation, stacked, features, random));
}

void end_with_softmax(Network& network, Random& random) {
  network.classes = between(2, 40, random);
  network.layers.push_back(
      connected(Activation::softmax, network.layers.back().outputs, network.classes, random));
  network.integer = true;
}

void make_floats(WeightMatrix& weights) {
  const std::size_t columns = static_cast<std::size_t>(weights.inputs) + 1;
  for (std::size_t i = 0; i < weights.integers.size(); ++i) {
    weights.floats.push_back(static_cast<float>(weights.integers[i]) * 127 *
                             weights.scales[i / columns]);
  }
  weights.integers.clear();
  weights.scales.clear();
}

void make_floats(Series& series) {
  for (Layer& layer : series) {
    if (auto* reversed = std::get_if<Reversed>(&layer.kind)) make_floats(reversed->series);
    if (auto* parallel = std::get_if<Parallel>(&layer.kind)) {
      for (Series& branch : parallel->branches) make_floats(branch);
    }
    if (auto* full = std::get_if<FullyConnected>(&layer.kind)) make_floats(full->weights);
    if (auto* recurrent = std::get_if<Lstm>(&layer.kind)) {
      for (WeightMatrix& gate : recurrent->gates) make_floats(gate);
    }
  }
}

}  // namespace

std::vector<std::uint8_t> lstm_component(const std::string& language) {
  const std::string path = tessdata_folder("") + "/" + language + ".traineddata";
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw std::runtime_error("can't read " + path);
  const std::vector<char> file{std::istreambuf_iterator<char>(stream), {}};
  std::int32_t count = 0;
  std::memcpy(&count, file.data(), sizeof count);
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(count));
  std::memcpy(offsets.data(), file.data() + sizeof count, offsets.size() * sizeof offsets[0]);
  constexpr std::size_t kLstm = 17;
  auto end = static_cast<std::int64_t>(file.size());
  for (const std::int64_t offset : offsets) {
    if (offset > offsets.at(kLstm)) end = std::min(end, offset);
  }
  return {file.begin() + offsets.at(kLstm), file.begin() + end};
}

Network installed_network(const std::string& language) {
  const std::vector<std::uint8_t> bytes = lstm_component(language);
  tessdata::ByteReader reader(bytes, language);
  return parse_network(reader);
}

WeightMatrix random_weights(int outputs, int inputs, Random& random) {
  WeightMatrix weights{
      .outputs = outputs, .inputs = inputs, .integers = {}, .scales = {}, .floats = {}};
  const int columns = inputs + 1;
  for (int i = 0; i < outputs * columns; ++i) {
    weights.integers.push_back(static_cast<std::int8_t>(between(-128, 127, random)));
  }
  std::uniform_real_distribution<float> strength(0.5F, 4.0F);
  for (int i = 0; i < outputs; ++i) {
    weights.scales.push_back(strength(random) /
                             (127.0F * 74.0F * std::sqrt(static_cast<float>(columns))));
  }
  return weights;
}

Network random_line_network(Random& random) {
  Network network;
  const int scale = between(1, 3, random);
  network.input_height = scale * between(1, 7, random) + between(0, scale - 1, random);
  network.x_scale_factor = scale;
  const int features = between(1, 35, random);
  add_convolution(network, 1, features, Activation::tanh, random);
  network.layers.push_back({.inputs = features,
                            .outputs = features,
                            .kind = Maxpool{.x_scale = scale, .y_scale = scale}});
  int outputs = between(1, 70, random);
  network.layers.push_back(
      turned(Reversed::Axis::transpose, lstm(true, features, outputs, random)));
  for (int i = between(0, 3, random); i > 0; --i) {
    const int states = between(1, 130, random);
    Layer layer = lstm(false, outputs, states, random);
    outputs = states;
    network.layers.push_back(i % 2 == 0 ? turned(Reversed::Axis::x, std::move(layer))
                                        : std::move(layer));
  }
  end_with_softmax(network, random);
  return network;
}

Network random_mixed_network(Random& random) {
  Network network{
      .layers = {}, .input_height = 8, .x_scale_factor = 4, .classes = 0, .integer = true};
  const int features = between(1, 20, random);
  add_convolution(network, between(0, 2, random), features,
                  between(0, 1, random) == 0 ? Activation::relu : Activation::logistic, random);
  network.layers.push_back(turned(Reversed::Axis::y, lstm(false, features, features, random)));
  network.layers.push_back(
      {.inputs = features, .outputs = 4 * features, .kind = Reconfig{.x_scale = 2, .y_scale = 2}});
  network.layers.push_back({.inputs = 4 * features,
                            .outputs = 4 * features,
                            .kind = Maxpool{.x_scale = 2, .y_scale = 2}});
  const int first = between(1, 30, random);
  const int second = between(1, 30, random);
  Parallel both;
  both.branches.resize(2);
  both.branches[0].push_back(lstm(false, 4 * features, first, random));
  both.branches[1].push_back(turned(Reversed::Axis::x, lstm(false, 4 * features, second, random)));
  network.layers.push_back(
      {.inputs = 4 * features, .outputs = first + second, .kind = std::move(both)});
  network.layers.push_back(connected(Activation::linear, first + second, 17, random));
  network.layers.push_back(turned(Reversed::Axis::transpose, lstm(true, 17, 9, random)));
  end_with_softmax(network, random);
  return network;
}

Network random_turning_network(Random& random) {
  Network network{
      .layers = {}, .input_height = 17, .x_scale_factor = 4, .classes = 0, .integer = true};
  const int features = between(1, 20, random);
  add_convolution(network, 1, features, Activation::logistic, random);
  network.layers.push_back(
      {.inputs = features, .outputs = features, .kind = Maxpool{.x_scale = 1, .y_scale = 2}});
  network.layers.push_back(turned(Reversed::Axis::y, lstm(false, features, 9, random)));
  network.layers.push_back(connected(Activation::relu, 9, 7, random));
  network.layers.push_back(
      turned(Reversed::Axis::x,
             {.inputs = 7, .outputs = 28, .kind = Reconfig{.x_scale = 2, .y_scale = 2}}));
  network.layers.push_back(
      turned(Reversed::Axis::transpose,
             {.inputs = 28, .outputs = 28, .kind = Maxpool{.x_scale = 2, .y_scale = 2}}));
  Parallel three;
  three.branches.resize(3);
  three.branches[0].push_back(lstm(false, 28, between(1, 30, random), random));
  three.branches[1].push_back(
      turned(Reversed::Axis::x, lstm(false, 28, between(1, 30, random), random)));
  three.branches[2].push_back(connected(Activation::tanh, 28, 3, random));
  three.branches[2].push_back(
      turned(Reversed::Axis::transpose, lstm(false, 3, between(1, 30, random), random)));
  int outputs = 0;
  for (const Series& branch : three.branches) outputs += branch.back().outputs;
  network.layers.push_back({.inputs = 28, .outputs = outputs, .kind = std::move(three)});
  network.layers.push_back(turned(
      Reversed::Axis::y, turned(Reversed::Axis::transpose, lstm(true, outputs, 12, random))));
  network.layers.push_back(connected(Activation::linear, 12, 17, random));
  network.layers.push_back(turned(Reversed::Axis::x, lstm(false, 17, 300, random)));
  end_with_softmax(network, random);
  return network;
}

Network as_floats(Network network) {
  make_floats(network.layers);
  network.integer = false;
  return network;
}

LineInput random_line(const Network& network, int width, Random& random) {
  LineInput line{.width = width, .height = network.input_height, .quantised = {}, .values = {}};
  int stroke = 0;
  for (int i = 0; i < width * line.height; ++i) {
    if (between(0, 5, random) == 0) stroke = between(-127, 127, random);
    line.quantised.push_back(static_cast<std::int8_t>(stroke));
    line.values.push_back(static_cast<float>(stroke) / 127);
  }
  return line;
}

}  // namespace ocrtune::lstm::networks
