#include "ocrtune/training/float_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune::training {
namespace {

constexpr int kDeepest = 32;
constexpr int kMaxLayers = 256;
constexpr int kMaxFeatures = 4096;
constexpr int kMaxColumns = 2 * kMaxFeatures;
constexpr int kMaxOutputs = 65'536;
constexpr int kMaxHeight = 512;
constexpr int kMaxScale = 16;
constexpr std::size_t kMaxWeights = std::size_t{1} << 26U;
constexpr double kGreatestWeight = 1e6;

// Flags of a matrix, and of a layer.
constexpr unsigned kInteger = 1;
constexpr unsigned kAdam = 4;
constexpr unsigned kDouble = 128;
constexpr std::int32_t kOwnRates = 64;

// How much less likely an added class is than the one it is like: a factor of e.
constexpr double kLessLikely = 1.0;

/// In the order of Tesseract's numbers for them, which old files contain instead of names.
constexpr std::array<std::string_view, 24> kKinds = {
    "Invalid",     "Input",        "Convolve",  "Maxpool",  "Parallel", "Replicated",
    "ParBidiLSTM", "DepParUDLSTM", "Par2dLSTM", "Series",   "Reconfig", "RTLReversed",
    "TTBReversed", "XYTranspose",  "LSTM",      "SummLSTM", "Logistic", "LinLogistic",
    "LinTanh",     "Tanh",         "Relu",      "Linear",   "Softmax",  "SoftmaxNoCTC"};
constexpr std::array<std::string_view, 8> kGroups = {"Parallel",     "Replicated", "ParBidiLSTM",
                                                     "DepParUDLSTM", "Series",     "RTLReversed",
                                                     "TTBReversed",  "XYTranspose"};
constexpr std::array<std::string_view, 4> kConnected = {"Tanh", "Logistic", "Relu", "Linear"};

bool is_in(std::span<const std::string_view> kinds, std::string_view kind) {
  return std::ranges::find(kinds, kind) != kinds.end();
}

/// The fields at the beginning of every layer.
struct Header {
  std::string kind;
  bool training = false;  ///< what training left follows the weights
  bool own_rates = false;
  int inputs = 0;
  int outputs = 0;
  std::int32_t weights = 0;
  std::size_t outputs_at = 0;  ///< where outputs and weights were written
};

/// Rows of weights, the last of each for the bias.
struct Matrix {
  unsigned flags = 0;
  int rows = 0;
  int columns = 0;
  std::vector<double> weights;
};

class Converter {
 public:
  Converter(std::span<const std::uint8_t> component, tessdata::ByteReader& bytes,
            const LikeClasses& like, float learning_rate)
      : component_(component), bytes_(bytes), like_(like), learning_rate_(learning_rate) {}

  FloatNetwork convert() {
    layer(0);
    if (network_.height == 0) bytes_.fail(tr("the network has no input"));
    if (network_.classes == 0)
      bytes_.fail(tr("only networks whose single softmax is the last layer are supported"));
    copy();
    return std::move(network_);
  }

 private:
  /// Writes what was read and not yet written.
  void copy() {
    const auto read = component_.subspan(written_, bytes_.position() - written_);
    network_.bytes.insert(network_.bytes.end(), read.begin(), read.end());
    written_ = bytes_.position();
  }

  /// Leaves out what was read and not yet written.
  void skip() { written_ = bytes_.position(); }

  template <typename T>
  void put(T value) {
    const std::size_t end = network_.bytes.size();
    network_.bytes.resize(end + sizeof value);
    std::memcpy(network_.bytes.data() + end, &value, sizeof value);
  }

  template <typename T>
  void put_at(std::size_t place, T value) {
    std::memcpy(network_.bytes.data() + place, &value, sizeof value);
  }

  int number_in(std::int64_t low, std::int64_t high, const char* what) {
    return static_cast<int>(bytes_.in_range(bytes_.number<std::int32_t>(), low, high, what));
  }

  std::string kind() {
    const auto number = bytes_.number<std::int8_t>();
    if (number == 0) return bytes_.text();
    return std::string(kKinds[static_cast<std::size_t>(
        bytes_.in_range(number, 1, std::ssize(kKinds) - 1, tr_noop("a layer's kind")))]);
  }

  Header header() {
    Header header{.kind = kind()};
    copy();
    header.training = bytes_.number<std::int8_t>() == 1;
    skip();
    put<std::int8_t>(0);
    bytes_.number<std::int8_t>();
    header.own_rates = (bytes_.number<std::int32_t>() & kOwnRates) != 0;
    header.inputs = number_in(1, kMaxFeatures, tr_noop("a layer's inputs"));
    copy();
    header.outputs_at = network_.bytes.size();
    header.outputs = number_in(0, kMaxOutputs, tr_noop("a layer's outputs"));
    header.weights = bytes_.number<std::int32_t>();
    bytes_.text();
    copy();
    return header;
  }

  /// The weights that were added to it.
  int layer(int depth) {
    if (depth > kDeepest) bytes_.fail(tr("the layers are nested too deeply"));
    if (++layers_ > kMaxLayers) bytes_.fail(tr("the network has too many layers"));
    if (network_.classes != 0)
      bytes_.fail(tr("only networks whose single softmax is the last layer are supported"));
    const Header read = header();
    int added = 0;
    if (is_in(kGroups, read.kind)) {
      added = members(read, depth);
    } else if (read.kind == "Softmax") {
      added = softmax(read);
    } else {
      plain(read);
    }
    if (added > 0) {
      const std::int64_t weights = std::int64_t{read.weights} + added;
      if (weights > std::numeric_limits<std::int32_t>::max())
        bytes_.fail(tr("the network has too many weights"));
      put_at(read.outputs_at, read.outputs + static_cast<std::int32_t>(like_.size()));
      put_at(read.outputs_at + sizeof(std::int32_t), static_cast<std::int32_t>(weights));
    }
    return added;
  }

  int members(const Header& read, int depth) {
    const auto count =
        bytes_.in_range(bytes_.number<std::uint32_t>(), 1, kMaxLayers, tr_noop("a group's layers"));
    int added = 0;
    for (std::int64_t member = 0; member < count; ++member) added += layer(depth + 1);
    if (read.own_rates) {
      copy();
      const std::size_t rates = bytes_.numbers<float>(bytes_.number<std::uint32_t>()).size();
      skip();
      put(static_cast<std::uint32_t>(rates));
      for (std::size_t i = 0; i < rates; ++i) put(learning_rate_);
    }
    return added;
  }

  void plain(const Header& read) {
    if (read.kind == "Input") {
      input();
    } else if (read.kind == "Convolve") {
      for (int i = 0; i < 2; ++i) number_in(0, kMaxScale, tr_noop("a convolution's half width"));
    } else if (read.kind == "Maxpool" || read.kind == "Reconfig") {
      scales();
    } else if (read.kind == "LSTM" || read.kind == "SummLSTM") {
      lstm(read);
    } else if (is_in(kConnected, read.kind)) {
      write(matrix(read, read.inputs, read.outputs));
    } else {
      bytes_.fail(tr("layer kind {} isn't supported", quotable(read.kind, 40)));
    }
  }

  void input() {
    if (network_.height != 0) bytes_.fail(tr("an input layer isn't the first layer"));
    bytes_.number<std::int32_t>();
    network_.height = number_in(2, kMaxHeight, tr_noop("the input's height"));
    bytes_.numbers<std::int32_t>(3);
  }

  void scales() {
    network_.x_scale *= number_in(1, kMaxScale, tr_noop("a layer's x scale"));
    number_in(1, kMaxScale, tr_noop("a layer's y scale"));
    if (network_.x_scale > kMaxFeatures) bytes_.fail(tr("a layer has too many outputs"));
  }

  void lstm(const Header& read) {
    const auto inputs = bytes_.number<std::int32_t>();
    if (inputs != read.inputs + read.outputs)
      bytes_.fail(tr("only one-dimensional LSTM layers are supported"));
    constexpr int kGates = 4;
    for (int gate = 0; gate < kGates; ++gate) write(matrix(read, inputs, read.outputs));
  }

  int softmax(const Header& read) {
    Matrix weights = matrix(read, read.inputs, read.outputs);
    const auto columns = static_cast<std::size_t>(weights.columns);
    const std::vector<double> mean = mean_row(weights);
    for (const int like : like_) {
      const bool known = like >= 0 && like < read.outputs;
      std::vector<double> row = mean;
      if (known) {
        std::copy_n(weights.weights.begin() + std::ptrdiff_t{like} * weights.columns, columns,
                    row.begin());
        row.back() -= kLessLikely;
      }
      weights.weights.insert(weights.weights.end(), row.begin(), row.end());
    }
    weights.rows += static_cast<int>(like_.size());
    if (weights.rows > kMaxOutputs) bytes_.fail(tr("a layer has too many outputs"));
    write(weights);
    network_.classes = weights.rows;
    return static_cast<int>(like_.size() * columns);
  }

  /// Of a class with these weights the input of the softmax is the mean of the others', so that it
  /// is never the most likely one, however low they all are.
  static std::vector<double> mean_row(const Matrix& matrix) {
    const auto columns = static_cast<std::size_t>(matrix.columns);
    std::vector<double> mean(columns, 0.0);
    for (std::size_t i = 0; i < matrix.weights.size(); ++i)
      mean[i % columns] += matrix.weights[i] / matrix.rows;
    return mean;
  }

  template <typename Cell>
  void size(Matrix& matrix, int inputs, int outputs) {
    matrix.rows = number_in(1, kMaxOutputs, tr_noop("a matrix's outputs"));
    matrix.columns = number_in(2, kMaxColumns, tr_noop("a matrix's inputs"));
    if (matrix.rows != outputs || matrix.columns != inputs + 1)
      bytes_.fail(tr("a layer's weights don't match its inputs and outputs"));
    bytes_.number<Cell>();  // the value of new cells
    weights_ += cells(matrix);
    if (weights_ > kMaxWeights) bytes_.fail(tr("the network has too many weights"));
  }

  static std::size_t cells(const Matrix& matrix) {
    return static_cast<std::size_t>(matrix.rows) * static_cast<std::size_t>(matrix.columns);
  }

  Matrix matrix(const Header& read, int inputs, int outputs) {
    copy();
    Matrix matrix{.flags = bytes_.number<std::uint8_t>()};
    if ((matrix.flags & kDouble) == 0)
      bytes_.fail(tr("the weight format of Tesseract before 4.0 isn't supported"));
    if ((matrix.flags & kInteger) != 0) {
      integers(matrix, inputs, outputs);
    } else {
      size<double>(matrix, inputs, outputs);
      matrix.weights = bytes_.numbers<double>(cells(matrix));
      if (read.training) skip_updates(matrix, inputs, outputs);
    }
    for (const double weight : matrix.weights) {
      if (!(std::abs(weight) <= kGreatestWeight))
        bytes_.fail(tr("a weight is not a number or is too large"));
    }
    skip();
    return matrix;
  }

  void integers(Matrix& matrix, int inputs, int outputs) {
    size<std::int8_t>(matrix, inputs, outputs);
    const auto weights = bytes_.numbers<std::int8_t>(cells(matrix));
    // Tesseract may have written scales of additional outputs that only fill a register.
    const auto count = static_cast<std::uint64_t>(
        bytes_.in_range(bytes_.number<std::uint32_t>(), matrix.rows, std::int64_t{matrix.rows} + 64,
                        tr_noop("the number of scales")));
    const std::vector<double> scales = bytes_.numbers<double>(count);
    matrix.weights.reserve(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i)
      matrix.weights.push_back(weights[i] * scales[i / static_cast<std::size_t>(matrix.columns)]);
  }

  /// The last changes, and Adam's squares of them.
  void skip_updates(const Matrix& matrix, int inputs, int outputs) {
    for (int i = (matrix.flags & kAdam) != 0 ? 2 : 1; i > 0; --i) {
      Matrix updates;
      size<double>(updates, inputs, outputs);
      bytes_.numbers<double>(cells(updates));
    }
  }

  void write(const Matrix& matrix) {
    put(static_cast<std::uint8_t>((matrix.flags & ~kInteger) | kDouble));
    put(static_cast<std::int32_t>(matrix.rows));
    put(static_cast<std::int32_t>(matrix.columns));
    put(0.0);
    for (const double weight : matrix.weights) put(weight);
  }

  std::span<const std::uint8_t> component_;
  tessdata::ByteReader& bytes_;
  const LikeClasses& like_;
  float learning_rate_;
  FloatNetwork network_;
  std::size_t written_ = 0;  ///< bytes of the component that were copied or left out
  std::size_t weights_ = 0;
  int layers_ = 0;
};

}  // namespace

FloatNetwork float_network(std::span<const std::uint8_t> component, tessdata::ByteReader& bytes,
                           const LikeClasses& like, float learning_rate) {
  return Converter(component, bytes, like, learning_rate).convert();
}

}  // namespace ocrtune::training
