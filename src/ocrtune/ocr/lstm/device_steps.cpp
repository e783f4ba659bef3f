#include "ocrtune/ocr/lstm/device_steps.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "ocrtune/ocr/lstm/device_lstm.h"
#include "ocrtune/ocr/lstm/device_products.h"
#include "ocrtune/ocr/lstm/device_weights.h"

namespace ocrtune::lstm {
namespace {

using StepPointer = std::unique_ptr<const DeviceStep>;

class DeviceConnected final : public DeviceStep {
 public:
  DeviceConnected(const DeviceParts& parts, const Layer& layer, const FullyConnected& connected,
                  Extent extent)
      : parts_(parts),
        activation_(connected.activation),
        input_words_(words_of_cells(layer.inputs)),
        bytes_per_px_(positions_per_px(extent) * 4 * words_of_cells(layer.outputs)),
        weights_(device_weights(parts.device, {&connected.weights, 1},
                                argument_scale_of(connected.activation))),
        words_(device_words(parts.device, {&connected.weights, 1}, 0, layer.inputs)) {}

  [[nodiscard]] Sheet run(const Sheet& in, const Room& room) const override {
    Sheet out = sheet_for(parts_.device, {.positions = in.positions, .lines = in.lines},
                          weights_.outputs, room);
    const ProductExtent extent = product_extent(in.positions, weights_.outputs);
    parts_.device.run("connect_fully", extent.items, extent.group,
                      {in.cells.get(), in.stride / 4, in.positions, words_.get(),
                       weights_.biases.get(), input_words_, weights_.outputs, weights_.scales.get(),
                       static_cast<std::int32_t>(activation_), parts_.tables.get(), out.cells.get(),
                       out.stride, room.feature});
    return out;
  }

  [[nodiscard]] double bytes_per_px() const override { return bytes_per_px_; }

 private:
  DeviceParts parts_;
  Activation activation_;
  std::int32_t input_words_;
  double bytes_per_px_;
  DeviceWeights weights_;
  Device::BufferPtr words_;
};

/// Maxpool, and Reconfig, which stacks blocks.
class DeviceBlocks final : public DeviceStep {
 public:
  DeviceBlocks(const DeviceParts& parts, const Layer& layer, GridSize block, bool stacked,
               Extent extent)
      : parts_(parts),
        inputs_(layer.inputs),
        outputs_(layer.outputs),
        block_(block),
        stacked_(stacked),
        bytes_per_px_(positions_per_px(extent) * (4 * words_of_cells(layer.outputs) + 12)) {}

  [[nodiscard]] Sheet run(const Sheet& in, const Room& room) const override {
    Sheet places;
    std::vector<std::int32_t> blocks;
    for (const Grid& line : in.lines) {
      const GridSize size{.height = line.size.height / block_.height,
                          .width = line.size.width / block_.width};
      places.lines.push_back(
          {.first = places.positions, .y_apart = size.width, .x_apart = 1, .size = size});
      places.positions += size.height * size.width;
      for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
          blocks.push_back(line.at(y * block_.height, x * block_.width));
          blocks.push_back(line.y_apart);
          blocks.push_back(line.x_apart);
        }
      }
    }
    const Device::BufferPtr table = on_device(parts_.device, blocks);
    Sheet out = sheet_for(parts_.device, std::move(places), outputs_, room);
    parts_.device.run(
        "join_blocks",
        {static_cast<std::size_t>(out.positions), static_cast<std::size_t>(outputs_)}, {64, 1},
        {in.cells.get(), in.stride, inputs_, table.get(), out.positions, block_.height,
         block_.height * block_.width, std::int32_t{stacked_}, out.cells.get(), out.stride});
    return out;
  }

  [[nodiscard]] double bytes_per_px() const override { return bytes_per_px_; }

 private:
  DeviceParts parts_;
  std::int32_t inputs_;
  std::int32_t outputs_;
  GridSize block_;
  bool stacked_;
  double bytes_per_px_;
};

class DeviceTurned final : public DeviceStep {
 public:
  DeviceTurned(const DeviceParts& parts, const Reversed& reversed, Extent extent)
      : axis_(reversed.axis), chain_(parts, reversed.series, turned(reversed.axis, extent)) {}

  [[nodiscard]] Sheet run(const Sheet& in, const Room& room) const override {
    return turned(chain_.run(turned(in), room));
  }

  [[nodiscard]] double bytes_per_px() const override { return chain_.bytes_per_px(); }

 private:
  static Extent turned(Reversed::Axis axis, Extent extent) {
    if (axis == Reversed::Axis::transpose) std::swap(extent.height, extent.width);
    return extent;
  }

  [[nodiscard]] Sheet turned(Sheet sheet) const {
    for (Grid& line : sheet.lines) line = line.turned(axis_);
    return sheet;
  }

  Reversed::Axis axis_;
  DeviceChain chain_;
};

class DeviceParallel final : public DeviceStep {
 public:
  DeviceParallel(const DeviceParts& parts, const Layer& layer, const Parallel& parallel,
                 Extent extent)
      : parts_(parts),
        outputs_(layer.outputs),
        bytes_per_px_(positions_per_px(extent) * 4 * words_of_cells(layer.outputs)) {
    for (const Series& branch : parallel.branches) {
      branches_.push_back(
          {.chain = DeviceChain(parts, branch, extent), .outputs = branch.back().outputs});
      bytes_per_px_ += branches_.back().chain.bytes_per_px();
    }
  }

  /// Branches write side by side, so each of them must keep the positions.
  static bool fits(const Parallel& parallel) {
    return std::ranges::all_of(parallel.branches, [](const Series& branch) {
      return DeviceChain::fits(branch) && keeps_places(branch);
    });
  }

  [[nodiscard]] Sheet run(const Sheet& in, const Room& room) const override {
    Sheet out =
        sheet_for(parts_.device, {.positions = in.positions, .lines = in.lines}, outputs_, room);
    Room part{.cells = out.cells, .stride = out.stride, .feature = room.feature};
    for (const Branch& branch : branches_) {
      (void)branch.chain.run(in, part);
      part.feature += branch.outputs;
    }
    return out;
  }

  [[nodiscard]] double bytes_per_px() const override { return bytes_per_px_; }

 private:
  struct Branch {
    DeviceChain chain;
    std::int32_t outputs;
  };

  static bool keeps_places(const Series& series) {
    return !series.empty() && std::ranges::all_of(series, [](const Layer& layer) {
      if (const auto* lstm = std::get_if<Lstm>(&layer.kind)) return !lstm->summary;
      if (const auto* turned = std::get_if<Reversed>(&layer.kind))
        return keeps_places(turned->series);
      return std::holds_alternative<FullyConnected>(layer.kind) ||
             std::holds_alternative<Parallel>(layer.kind);
    });
  }

  DeviceParts parts_;
  std::int32_t outputs_;
  double bytes_per_px_;
  std::vector<Branch> branches_;
};

StepPointer step_of(const DeviceParts& parts, const Layer& layer, Extent extent) {
  if (const auto* lstm = std::get_if<Lstm>(&layer.kind))
    return std::make_unique<DeviceLstm>(parts, layer, *lstm, extent);
  if (const auto* connected = std::get_if<FullyConnected>(&layer.kind))
    return std::make_unique<DeviceConnected>(parts, layer, *connected, extent);
  if (const auto* reversed = std::get_if<Reversed>(&layer.kind))
    return std::make_unique<DeviceTurned>(parts, *reversed, extent);
  if (const auto* parallel = std::get_if<Parallel>(&layer.kind))
    return std::make_unique<DeviceParallel>(parts, layer, *parallel, extent);
  const auto blocks = [&](const auto& scales, bool stacked) {
    const GridSize block{.height = scales.y_scale, .width = scales.x_scale};
    return std::make_unique<DeviceBlocks>(parts, layer, block, stacked, extent);
  };
  if (const auto* pool = std::get_if<Maxpool>(&layer.kind)) return blocks(*pool, false);
  return blocks(std::get<Reconfig>(layer.kind), true);
}

bool has_step(const Layer& layer) {
  if (const auto* lstm = std::get_if<Lstm>(&layer.kind)) return DeviceLstm::fits(*lstm);
  if (const auto* reversed = std::get_if<Reversed>(&layer.kind))
    return DeviceChain::fits(reversed->series);
  if (const auto* parallel = std::get_if<Parallel>(&layer.kind))
    return DeviceParallel::fits(*parallel);
  return !std::holds_alternative<Convolve>(layer.kind);
}

}  // namespace

double positions_per_px(Extent extent) {
  const auto side = [](int size) { return size < 0 ? -1.0 / size : size; };
  return side(extent.height) * side(extent.width);
}

DeviceChain::DeviceChain(const DeviceParts& parts, std::span<const Layer> layers, Extent extent) {
  for (const Layer& layer : layers) {
    steps_.push_back(step_of(parts, layer, extent));
    extent = extent_after(layer, extent);
  }
}

bool DeviceChain::fits(std::span<const Layer> layers) {
  return std::ranges::all_of(layers, has_step);
}

Sheet DeviceChain::run(Sheet sheet, const Room& room) const {
  for (const StepPointer& step : steps_) {
    sheet = step->run(sheet, step == steps_.back() ? room : Room{});
  }
  return sheet;
}

double DeviceChain::bytes_per_px() const {
  return std::accumulate(
      steps_.begin(), steps_.end(), 0.0,
      [](double sum, const StepPointer& step) { return sum + step->bytes_per_px(); });
}

}  // namespace ocrtune::lstm
