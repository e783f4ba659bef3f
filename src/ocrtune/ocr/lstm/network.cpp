#include "ocrtune/ocr/lstm/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/lstm/network_shape.h"

namespace ocrtune::lstm {
namespace {

constexpr int kDeepest = 32;
constexpr int kMaxLayers = 256;
constexpr int kMaxFeatures = 4096;
constexpr int kMaxClasses = 65'536;
constexpr int kMaxHeight = 512;
constexpr std::size_t kMaxWeights = std::size_t{1} << 26U;

/// In the order of Tesseract's numbers for them, which old files contain instead of names.
constexpr std::array<std::string_view, 27> kKinds = {"Invalid",     "Input",
                                                     "Convolve",    "Maxpool",
                                                     "Parallel",    "Replicated",
                                                     "ParBidiLSTM", "DepParUDLSTM",
                                                     "Par2dLSTM",   "Series",
                                                     "Reconfig",    "RTLReversed",
                                                     "TTBReversed", "XYTranspose",
                                                     "LSTM",        "SummLSTM",
                                                     "Logistic",    "LinLogistic",
                                                     "LinTanh",     "Tanh",
                                                     "Relu",        "Linear",
                                                     "Softmax",     "SoftmaxNoCTC",
                                                     "LSTMSoftmax", "LSTMBinarySoftmax",
                                                     "TensorFlow"};

constexpr std::array<std::pair<std::string_view, Activation>, 5> kActivations = {
    {{"Tanh", Activation::tanh},
     {"Logistic", Activation::logistic},
     {"Relu", Activation::relu},
     {"Linear", Activation::linear},
     {"Softmax", Activation::softmax}}};

std::optional<Activation> activation_of(std::string_view kind) {
  const auto* const found =
      std::find_if(kActivations.begin(), kActivations.end(),
                   [&](const auto& activation) { return activation.first == kind; });
  if (found == kActivations.end()) return std::nullopt;
  return found->second;
}

/// The fields at the beginning of every layer in a file.
struct Header {
  std::string kind;
  bool training = false;
  bool own_rates = false;  ///< learning rates follow a group's layers
  int inputs = 0;
  int outputs = 0;
};

class Parser {
 public:
  explicit Parser(tessdata::ByteReader& bytes) : bytes_(bytes) {}

  Network parse() {
    network_.layers = parse_layer(0);
    if (network_.input_height == 0) bytes_.fail(tr("the network has no input"));
    network_.integer = integer_.value_or(false);
    check_shapes(network_, bytes_);
    return std::move(network_);
  }

 private:
  Header parse_header() {
    Header header;
    const auto number = bytes_.number<std::int8_t>();
    if (number == 0) {
      header.kind = bytes_.text();
    } else {
      header.kind = kKinds[static_cast<std::size_t>(
          bytes_.in_range(number, 1, std::ssize(kKinds) - 1, tr_noop("a layer's kind")))];
    }
    header.training = bytes_.number<std::int8_t>() == 1;
    bytes_.number<std::int8_t>();
    header.own_rates = (bytes_.number<std::int32_t>() & 64) != 0;
    header.inputs = static_cast<int>(bytes_.in_range(bytes_.number<std::int32_t>(), 1, kMaxFeatures,
                                                     tr_noop("a layer's inputs")));
    header.outputs = static_cast<int>(bytes_.in_range(bytes_.number<std::int32_t>(), 0, kMaxClasses,
                                                      tr_noop("a layer's outputs")));
    bytes_.number<std::int32_t>();
    bytes_.text();
    return header;
  }

  /// The layer with its series flattened; nothing for the input.
  Series parse_layer(int depth) {
    if (depth > kDeepest) bytes_.fail(tr("the layers are nested too deeply"));
    if (++layers_ > kMaxLayers) bytes_.fail(tr("the network has too many layers"));
    const Header header = parse_header();
    Series parsed;
    if (header.kind == "Input") {
      parse_input(header);
    } else if (header.kind == "Series") {
      parsed = parse_series(header, depth);
    } else {
      at_input_ = false;
      parsed.push_back(parse_single(header, depth));
      if (parsed.back().outputs < 1 || parsed.back().outputs > kMaxClasses) {
        bytes_.fail(tr("a layer has too many outputs"));
      }
    }
    return parsed;
  }

  Layer parse_single(const Header& header, int depth) {
    Layer layer{.inputs = header.inputs, .outputs = header.outputs, .kind = {}};
    if (header.kind == "Convolve") {
      parse_convolve(layer);
    } else if (header.kind == "Maxpool") {
      layer.kind = parse_scales<Maxpool>();
      layer.outputs = layer.inputs;
    } else if (header.kind == "Reconfig") {
      const auto reconfig = parse_scales<Reconfig>();
      layer.outputs = layer.inputs * reconfig.x_scale * reconfig.y_scale;
      layer.kind = reconfig;
    } else if (header.kind == "LSTM" || header.kind == "SummLSTM") {
      parse_lstm(header, layer);
    } else if (const auto activation = activation_of(header.kind)) {
      FullyConnected connected{.activation = *activation, .weights = parse_matrix(header.training)};
      check_matrix(connected.weights, layer.inputs, layer.outputs);
      layer.kind = std::move(connected);
    } else {
      parse_group(header, depth, layer);
    }
    return layer;
  }

  void parse_group(const Header& header, int depth, Layer& layer) {
    if (header.kind == "Parallel" || header.kind == "Replicated" || header.kind == "ParBidiLSTM" ||
        header.kind == "DepParUDLSTM") {
      parse_parallel(header, depth, layer);
    } else if (header.kind == "RTLReversed") {
      parse_reversed(header, depth, Reversed::Axis::x, layer);
    } else if (header.kind == "TTBReversed") {
      parse_reversed(header, depth, Reversed::Axis::y, layer);
    } else if (header.kind == "XYTranspose") {
      parse_reversed(header, depth, Reversed::Axis::transpose, layer);
    } else {
      bytes_.fail(tr("layer kind {} isn't supported", shown(header.kind)));
    }
  }

  /// A name from the file, made printable for a message.
  static std::string shown(const std::string& name) {
    std::string text = name.substr(0, 40);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
  }

  void parse_input(const Header& header) {
    if (!at_input_ || network_.input_height != 0)
      bytes_.fail(tr("an input layer isn't the first layer"));
    bytes_.number<std::int32_t>();
    network_.input_height = static_cast<int>(bytes_.in_range(
        bytes_.number<std::int32_t>(), 2, kMaxHeight, tr_noop("the input's height")));
    bytes_.in_range(bytes_.number<std::int32_t>(), 0, 0, tr_noop("the input's width"));
    bytes_.in_range(bytes_.number<std::int32_t>(), 1, 1, tr_noop("the input's depth"));
    bytes_.number<std::int32_t>();
    bytes_.in_range(header.inputs, network_.input_height, network_.input_height,
                    tr_noop("the input layer's inputs"));
  }

  /// Layers of a group, each a flat series.
  std::vector<Series> parse_members(const Header& header, int depth) {
    const auto count =
        bytes_.in_range(bytes_.number<std::uint32_t>(), 1, kMaxLayers, tr_noop("a group's layers"));
    std::vector<Series> members;
    for (std::int64_t member = 0; member < count; ++member) {
      members.push_back(parse_layer(depth + 1));
    }
    if (header.own_rates) bytes_.numbers<float>(bytes_.number<std::uint32_t>());
    return members;
  }

  Series parse_series(const Header& header, int depth) {
    Series series;
    for (Series& member : parse_members(header, depth)) {
      std::move(member.begin(), member.end(), std::back_inserter(series));
    }
    for (std::size_t i = 1; i < series.size(); ++i) {
      if (series[i].inputs != series[i - 1].outputs)
        bytes_.fail(tr("consecutive layers are incompatible"));
    }
    return series;
  }

  void parse_reversed(const Header& header, int depth, Reversed::Axis axis, Layer& layer) {
    std::vector<Series> members = parse_members(header, depth);
    if (members.size() != 1 || members[0].empty())
      bytes_.fail(tr("a reversed layer doesn't contain exactly one layer"));
    layer.inputs = members[0].front().inputs;
    layer.outputs = members[0].back().outputs;
    layer.kind = Reversed{.axis = axis, .series = std::move(members[0])};
  }

  void parse_parallel(const Header& header, int depth, Layer& layer) {
    Parallel parallel{.branches = parse_members(header, depth)};
    layer.outputs = 0;
    for (const Series& branch : parallel.branches) {
      if (branch.empty() || branch.front().inputs != parallel.branches[0].front().inputs) {
        bytes_.fail(tr("parallel layers are incompatible"));
      }
      layer.outputs += branch.back().outputs;
    }
    layer.inputs = parallel.branches[0].front().inputs;
    layer.kind = std::move(parallel);
  }

  void parse_convolve(Layer& layer) {
    const auto half_x = bytes_.in_range(bytes_.number<std::int32_t>(), 0, 16,
                                        tr_noop("a convolution's half width"));
    const auto half_y = bytes_.in_range(bytes_.number<std::int32_t>(), 0, 16,
                                        tr_noop("a convolution's half height"));
    layer.kind = Convolve{.half_x = static_cast<int>(half_x), .half_y = static_cast<int>(half_y)};
    layer.outputs = layer.inputs * static_cast<int>((2 * half_x + 1) * (2 * half_y + 1));
  }

  template <typename Scales>
  Scales parse_scales() {
    const auto x =
        bytes_.in_range(bytes_.number<std::int32_t>(), 1, 16, tr_noop("a layer's x scale"));
    const auto y =
        bytes_.in_range(bytes_.number<std::int32_t>(), 1, 16, tr_noop("a layer's y scale"));
    return {.x_scale = static_cast<int>(x), .y_scale = static_cast<int>(y)};
  }

  void parse_lstm(const Header& header, Layer& layer) {
    const auto gate_inputs = bytes_.number<std::int32_t>();
    Lstm lstm{.states = layer.outputs, .summary = header.kind == "SummLSTM", .gates = {}};
    if (gate_inputs != layer.inputs + layer.outputs) {
      bytes_.fail(tr("only one-dimensional LSTM layers are supported"));
    }
    for (WeightMatrix& gate : lstm.gates) {
      gate = parse_matrix(header.training);
      check_matrix(gate, gate_inputs, lstm.states);
    }
    layer.kind = std::move(lstm);
  }

  WeightMatrix parse_matrix(bool training) {
    WeightMatrix matrix = parse_weights(bytes_, training);
    if (integer_.value_or(matrix.integer()) != matrix.integer()) {
      bytes_.fail(tr("integer and float weights are mixed"));
    }
    integer_ = matrix.integer();
    weights_ += matrix.row(matrix.outputs);
    if (weights_ > kMaxWeights) bytes_.fail(tr("the network has too many weights"));
    return matrix;
  }

  void check_matrix(const WeightMatrix& matrix, int inputs, int outputs) {
    if (matrix.inputs != inputs || matrix.outputs != outputs) {
      bytes_.fail(tr("a layer's weights don't match its inputs and outputs"));
    }
  }

  tessdata::ByteReader& bytes_;
  Network network_;
  std::optional<bool> integer_;
  std::size_t weights_ = 0;
  int layers_ = 0;
  bool at_input_ = true;
};

}  // namespace

Network parse_network(tessdata::ByteReader& bytes) { return Parser(bytes).parse(); }

}  // namespace ocrtune::lstm
