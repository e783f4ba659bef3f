#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

/// The library that implements these classes is loaded by a program that exports no symbols, so
/// that none of their functions may be defined in a source of the program.
namespace ocrtune::ppocr {

/// How numbers are represented while a network runs.
enum class Precision {
  f32,  ///< 32 bits
  bf16  ///< bfloat16, on processors that have it; twice as fast
};

/// What a network is compiled for.
struct NetworkOptions {
  int width = 0;                           ///< px of its input; 0: any
  int height = 0;                          ///< px; 0: any
  Precision precision = Precision::f32;    ///< of its layers
  std::span<const int> kept_classes = {};  ///< classes that the last layer keeps, by their numbers
                                           ///< in ascending order; empty: all
  bool features = false;  ///< without the last layer: the output is what that layer gets
};

/// The last layer of a network that recognizes lines: softmax(x · weights + bias).
struct LastLayer {
  int features = 0;            ///< length of x
  int classes = 0;             ///< of the output
  std::vector<float> weights;  ///< features × classes, row by row
  std::vector<float> bias;     ///< one for each class
};

/// The output of a network without its batch: rows × columns values.
struct NetworkOutput {
  std::span<const float> values;  ///< row by row; valid until the next run
  int rows = 0;
  int columns = 0;
};

/// A compiled network. It runs in the calling thread alone. Not thread-safe.
class Network {
 public:
  virtual ~Network() = default;

  /// The input to fill for the next run: three planes of height × width values.
  virtual std::span<float> input(int width, int height) = 0;
  /// Throws std::runtime_error if the runtime fails.
  virtual NetworkOutput run() = 0;
  /// Gives back what it needs between input and output until the next run.
  virtual void release_memory() {}
};

/// A model that was read from a file. Thread-safe.
class Model {
 public:
  virtual ~Model() = default;

  /// The sides of its output with the batch first; 0: any.
  [[nodiscard]] virtual std::vector<int> output_shape() const = 0;
  /// Throws std::runtime_error if the network ends with another kind of layer.
  [[nodiscard]] virtual LastLayer last_layer() const = 0;
  /// Throws std::runtime_error if the runtime cannot compile it.
  [[nodiscard]] virtual std::unique_ptr<Network> compile(const NetworkOptions& options) const = 0;
};

/// A library that runs networks. Thread-safe.
class Runtime {
 public:
  virtual ~Runtime() = default;

  /// Its name and version.
  [[nodiscard]] virtual std::string version() const = 0;
  /// Whether this processor computes with bfloat16.
  [[nodiscard]] virtual bool has_bf16() const = 0;
  /// Reads an ONNX file. Throws std::runtime_error if it cannot be read.
  [[nodiscard]] virtual std::unique_ptr<Model> load(const std::filesystem::path& file) const = 0;
};

/// OpenVINO, loaded at the first call. Throws Error(dependency_missing) if it is not installed or
/// cannot be loaded. Thread-safe.
const Runtime& runtime();

}  // namespace ocrtune::ppocr
