// The runtime of ppocr/network.h on OpenVINO, as a library of its own that is loaded at the first
// use.
#include <algorithm>
#include <cstring>
#include <mutex>
#include <openvino/op/constant.hpp>
#include <openvino/openvino.hpp>
#include <stdexcept>
#include <utility>

#include "ocrtune/ocr/ppocr/network.h"

namespace ocrtune::ppocr {
namespace {

/// The last line of what OpenVINO reports; those before it say where in its sources.
[[noreturn]] void fail(const std::exception& error) {
  const std::string text = error.what();
  const std::size_t last = text.find_last_not_of("\n ");
  const std::size_t begin = last == std::string::npos ? 0 : text.find_last_of('\n', last) + 1;
  throw std::runtime_error(text.substr(begin, last + 1 - begin));
}

/// A constant with some of its columns (its last axis) alone.
std::shared_ptr<ov::op::v0::Constant> columns_of(const ov::op::v0::Constant& constant,
                                                 std::span<const int> kept) {
  ov::Shape shape = constant.get_shape();
  const std::size_t columns = shape.back();
  const std::vector<float> all = constant.cast_vector<float>();
  std::vector<float> values;
  values.reserve(all.size() / columns * kept.size());
  for (std::size_t row = 0; row < all.size(); row += columns) {
    for (const int column : kept) values.push_back(all.at(row + static_cast<std::size_t>(column)));
  }
  shape.back() = kept.size();
  return std::make_shared<ov::op::v0::Constant>(ov::element::f32, shape, values);
}

/// Calls `visit` for each constant on the way from the output of the last layer, softmax(x · W +
/// b), up to its product, with the input of a node that it is. Returns the product. Throws
/// std::out_of_range if there is none.
template <typename Visit>
std::shared_ptr<ov::Node> visit_last_layer(ov::Model& model, const Visit& visit) {
  std::shared_ptr<ov::Node> node = model.output().get_node_shared_ptr();
  for (int depth = 0; depth < 8; ++depth) {
    std::shared_ptr<ov::Node> next;
    for (std::size_t i = 0; i < node->get_input_size(); ++i) {
      const std::shared_ptr<ov::Node> source = node->input_value(i).get_node_shared_ptr();
      const auto* constant = dynamic_cast<const ov::op::v0::Constant*>(source.get());
      if (constant == nullptr) {
        if (!next) next = source;
      } else if (!constant->get_shape().empty()) {
        visit(*constant, node->input(i));
      }
    }
    if (std::string_view(node->get_type_name()) == "MatMul") return node;
    if (!next) break;
    node = next;
  }
  throw std::out_of_range("no-classes-in-last-layer");
}

/// Cuts the last layer to some of its classes.
void keep_classes(ov::Model& model, std::span<const int> kept) {
  const auto classes = static_cast<std::size_t>(kept.back()) + 1;
  (void)visit_last_layer(model, [&](const ov::op::v0::Constant& constant, ov::Input<ov::Node> at) {
    if (constant.get_shape().back() == classes)
      at.replace_source_output(columns_of(constant, kept));
  });
}

/// The model up to the last layer.
std::shared_ptr<ov::Model> without_last_layer(ov::Model& model) {
  const auto product = visit_last_layer(model, [](const auto&, const auto&) {});
  return std::make_shared<ov::Model>(ov::OutputVector{product->input_value(0)},
                                     model.get_parameters());
}

class OpenVinoNetwork final : public Network {
 public:
  explicit OpenVinoNetwork(ov::CompiledModel compiled)
      : compiled_(std::move(compiled)), request_(compiled_.create_infer_request()) {}

  std::span<float> input(int width, int height) override {
    const ov::Shape shape{1, 3, static_cast<std::size_t>(height), static_cast<std::size_t>(width)};
    if (!input_ || input_.get_shape() != shape) {
      input_ = ov::Tensor(ov::element::f32, shape);
      request_.set_input_tensor(input_);
    }
    return {input_.data<float>(), input_.get_size()};
  }

  NetworkOutput run() override try {
    request_.infer();
    const ov::Tensor output = request_.get_output_tensor();
    const ov::Shape& shape = output.get_shape();
    return {.values = {output.data<float>(), output.get_size()},
            .rows = static_cast<int>(shape.at(shape.size() - 2)),
            .columns = static_cast<int>(shape.back())};
  } catch (const std::exception& error) {
    fail(error);
  }

  void release_memory() override try { compiled_.release_memory(); } catch (const std::exception&) {
    // What is not given back is there for the next run.
  }

 private:
  ov::CompiledModel compiled_;
  ov::InferRequest request_;
  ov::Tensor input_;
};

class OpenVinoModel final : public Model {
 public:
  OpenVinoModel(ov::Core core, std::shared_ptr<ov::Model> model)
      : core_(std::move(core)), model_(std::move(model)) {}

  [[nodiscard]] std::vector<int> output_shape() const override try {
    std::vector<int> sides;
    const ov::PartialShape shape = model_->output(0).get_partial_shape();
    if (shape.rank().is_dynamic()) return sides;
    for (const ov::Dimension& side : shape)
      sides.push_back(side.is_static() ? static_cast<int>(side.get_length()) : 0);
    return sides;
  } catch (const std::exception& error) {
    fail(error);
  }

  [[nodiscard]] LastLayer last_layer() const override try {
    LastLayer layer;
    (void)visit_last_layer(*model_, [&](const ov::op::v0::Constant& constant, const auto&) {
      const ov::Shape& shape = constant.get_shape();
      const bool matrix = shape.size() == 2;
      (matrix ? layer.weights : layer.bias) = constant.cast_vector<float>();
      if (matrix) layer.features = static_cast<int>(shape.front());
      if (matrix) layer.classes = static_cast<int>(shape.back());
    });
    if (layer.weights.empty() || static_cast<int>(layer.bias.size()) != layer.classes)
      throw std::out_of_range("no-classes-in-last-layer");
    return layer;
  } catch (const std::exception& error) {
    fail(error);
  }

  [[nodiscard]] std::unique_ptr<Network> compile(const NetworkOptions& options) const override try {
    std::shared_ptr<ov::Model> model = model_->clone();
    if (options.features) model = without_last_layer(*model);
    if (!options.kept_classes.empty()) keep_classes(*model, options.kept_classes);
    const auto side = [](int px) { return px > 0 ? ov::Dimension(px) : ov::Dimension(); };
    model->reshape(ov::PartialShape{1, 3, side(options.height), side(options.width)});
    const bool bf16 = options.precision == Precision::bf16;
    // With one stream the network runs in the thread that asks for it: the workers are the only
    // threads.
    const ov::AnyMap settings{
        {ov::inference_num_threads.name(), 1},
        {ov::num_streams.name(), 1},
        {ov::hint::enable_cpu_pinning.name(), false},
        {ov::hint::inference_precision.name(), bf16 ? ov::element::bf16 : ov::element::f32}};
    // OpenVINO's compilation is not documented as thread-safe for one core, which all models share.
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    return std::make_unique<OpenVinoNetwork>(core_.compile_model(model, "CPU", settings));
  } catch (const std::exception& error) {
    fail(error);
  }

 private:
  mutable ov::Core core_;
  std::shared_ptr<ov::Model> model_;
};

class OpenVinoRuntime final : public Runtime {
 public:
  /// Throws if OpenVINO has no plugin for processors.
  OpenVinoRuntime() {
    const auto capabilities = core_.get_property("CPU", ov::device::capabilities);
    has_bf16_ = std::ranges::find(capabilities, ov::device::capability::BF16) != capabilities.end();
  }

  [[nodiscard]] std::string version() const override {
    const std::string build = ov::get_openvino_version().buildNumber;
    return "OpenVINO " + build.substr(0, build.find('-'));
  }

  [[nodiscard]] bool has_bf16() const override { return has_bf16_; }

  [[nodiscard]] std::unique_ptr<Model> load(const std::filesystem::path& file) const override try {
    return std::make_unique<OpenVinoModel>(core_, core_.read_model(file.string()));
  } catch (const std::exception& error) {
    fail(error);
  }

 private:
  mutable ov::Core core_;
  bool has_bf16_ = false;
};

}  // namespace
}  // namespace ocrtune::ppocr

/// Found by its name (network.cpp). Null for a program of another version, whose classes may be
/// others. Never destroyed: OpenVINO's own globals may be gone by then.
extern "C" __attribute__((visibility("default"))) const ocrtune::ppocr::Runtime*
ocrtune_openvino_runtime(const char* version) try {
  if (std::string_view(version) != OCRTUNE_VERSION) return nullptr;
  static const auto* const kRuntime = new ocrtune::ppocr::OpenVinoRuntime;
  return kRuntime;
} catch (const std::exception& error) {
  ocrtune::ppocr::fail(error);
}
