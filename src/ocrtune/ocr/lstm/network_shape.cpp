#include "ocrtune/ocr/lstm/network_shape.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <span>
#include <utility>

#include "ocrtune/base/translation.h"

namespace ocrtune::lstm {
namespace {

constexpr int kMaxXScale = 64;
constexpr std::int64_t kMaxColumnFeatures = std::int64_t{1} << 17U;

bool is_softmax(const Layer& layer) {
  const auto* connected = std::get_if<FullyConnected>(&layer.kind);
  return connected != nullptr && connected->activation == Activation::softmax;
}

bool any_softmax(std::span<const Layer> layers) {
  return std::any_of(layers.begin(), layers.end(), [](const Layer& layer) {
    if (const auto* reversed = std::get_if<Reversed>(&layer.kind)) {
      return any_softmax(reversed->series);
    }
    if (const auto* parallel = std::get_if<Parallel>(&layer.kind)) {
      return std::any_of(parallel->branches.begin(), parallel->branches.end(),
                         [](const Series& branch) { return any_softmax(branch); });
    }
    return is_softmax(layer);
  });
}

int scaled(int size, int scale) { return size < 0 ? size * scale : size / scale; }

/// Applies `one` to the layers of a series, which may be inside a transposed one.
template <typename One>
Extent through(const Series& series, bool transposed, Extent extent, const One& one) {
  if (transposed) std::swap(extent.height, extent.width);
  for (const Layer& layer : series) extent = one(layer, extent);
  if (transposed) std::swap(extent.height, extent.width);
  return extent;
}

class Checker {
 public:
  explicit Checker(const tessdata::ByteReader& bytes) : bytes_(bytes) {}

  [[nodiscard]] Extent after(const Layer& layer, Extent extent) const {
    const auto one = [this](const Layer& inner, Extent before) { return after(inner, before); };
    if (const auto* reversed = std::get_if<Reversed>(&layer.kind)) {
      return through(reversed->series, reversed->axis == Reversed::Axis::transpose, extent, one);
    }
    if (const auto* parallel = std::get_if<Parallel>(&layer.kind)) {
      std::optional<Extent> common;
      for (const Series& branch : parallel->branches) {
        const Extent own = through(branch, false, extent, one);
        if (common.value_or(own) != own) bytes_.fail(tr("parallel layers have different shapes"));
        common = own;
      }
      extent = *common;
    } else {
      extent = extent_after(layer, extent);
    }
    check(layer, extent);
    return extent;
  }

 private:
  void check(const Layer& layer, Extent extent) const {
    if (extent.height == 0 || extent.width == 0) bytes_.fail(tr("a layer leaves no rows"));
    if (std::min(extent.height, extent.width) < -kMaxXScale) {
      bytes_.fail(tr("the network makes lines too narrow"));
    }
    const std::int64_t rows = std::max({extent.height, extent.width, 1});
    if (rows * std::max(layer.inputs, layer.outputs) > kMaxColumnFeatures) {
      bytes_.fail(tr("a layer is too large"));
    }
  }

  const tessdata::ByteReader& bytes_;
};

int x_scale(const Series& series) {
  int scale = 1;
  for (const Layer& layer : series) {
    if (const auto* pool = std::get_if<Maxpool>(&layer.kind)) scale *= pool->x_scale;
    if (const auto* reconfig = std::get_if<Reconfig>(&layer.kind)) scale *= reconfig->x_scale;
    if (const auto* reversed = std::get_if<Reversed>(&layer.kind)) {
      scale *= x_scale(reversed->series);
    }
    if (const auto* parallel = std::get_if<Parallel>(&layer.kind)) {
      scale *= x_scale(parallel->branches[0]);
    }
    if (scale > kMaxXScale) break;
  }
  return scale;
}

}  // namespace

Extent extent_after(const Layer& layer, Extent extent) {
  if (const auto* pool = std::get_if<Maxpool>(&layer.kind)) {
    return {.height = scaled(extent.height, pool->y_scale),
            .width = scaled(extent.width, pool->x_scale)};
  }
  if (const auto* reconfig = std::get_if<Reconfig>(&layer.kind)) {
    return {.height = scaled(extent.height, reconfig->y_scale),
            .width = scaled(extent.width, reconfig->x_scale)};
  }
  if (const auto* lstm = std::get_if<Lstm>(&layer.kind)) {
    if (lstm->summary) extent.width = 1;
    return extent;
  }
  if (const auto* reversed = std::get_if<Reversed>(&layer.kind)) {
    return through(reversed->series, reversed->axis == Reversed::Axis::transpose, extent,
                   extent_after);
  }
  if (const auto* parallel = std::get_if<Parallel>(&layer.kind)) {
    return through(parallel->branches[0], false, extent, extent_after);
  }
  return extent;
}

bool begins_with_pooled_convolution(std::span<const Layer> layers) {
  if (layers.size() < 3) return false;
  const auto* convolve = std::get_if<Convolve>(&layers[0].kind);
  const auto* connected = std::get_if<FullyConnected>(&layers[1].kind);
  if (convolve == nullptr || connected == nullptr || convolve->half_x != 1 ||
      convolve->half_y != 1 || layers[0].inputs != 1 ||
      !std::holds_alternative<Maxpool>(layers[2].kind)) {
    return false;
  }
  const std::vector<float>& scales = connected->weights.scales;
  return std::all_of(scales.begin(), scales.end(), [](float scale) { return scale >= 0; });
}

void check_shapes(Network& network, const tessdata::ByteReader& bytes) {
  const std::span<const Layer> layers(network.layers);
  if (layers.empty()) bytes.fail(tr("the network has no layers"));
  if (layers.front().inputs != 1) bytes.fail(tr("the first layer doesn't accept the input"));
  if (!is_softmax(layers.back()) || any_softmax(layers.first(layers.size() - 1))) {
    bytes.fail(tr("only networks whose single softmax is the last layer are supported"));
  }
  network.x_scale_factor = x_scale(network.layers);
  network.classes = layers.back().outputs;
  Extent extent{.height = network.input_height, .width = -1};
  const Checker checker(bytes);
  for (const Layer& layer : layers) extent = checker.after(layer, extent);
  if (extent != Extent{.height = 1, .width = -network.x_scale_factor}) {
    bytes.fail(tr("only networks that reduce a text line to one row are supported"));
  }
}

}  // namespace ocrtune::lstm
