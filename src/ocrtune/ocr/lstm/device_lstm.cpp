#include "ocrtune/ocr/lstm/device_lstm.h"

#include <algorithm>

#include "ocrtune/ocr/lstm/activations.h"
#include "ocrtune/ocr/lstm/device_products.h"

namespace ocrtune::lstm {
namespace {

// As in devices/kernels/network.h.
constexpr std::int32_t kStatesEach = 4;
constexpr std::int32_t kGroupCells = 2048;

/// Approximate number of work-items of a group, and the number that it must be a multiple of.
constexpr std::int32_t kItems = 256;
constexpr std::int32_t kSideBySide = 32;

/// Number of rows of a group: as many as keep its work-items busy.
std::int32_t rows_together(std::int32_t states) {
  const std::int32_t room = kGroupCells / (4 * words_of_cells(states)) / kStatesEach;
  return kStatesEach * std::clamp(kItems / states, 1, std::min(room, 8));
}

std::size_t items_of(std::int32_t states) {
  const std::int32_t busy = std::min(kItems, states * (rows_together(states) / kStatesEach));
  const std::int32_t items = (busy + kSideBySide - 1) / kSideBySide * kSideBySide;
  return static_cast<std::size_t>(items);
}

}  // namespace

bool DeviceLstm::fits(const Lstm& lstm) {
  return 4 * words_of_cells(lstm.states) * kStatesEach <= kGroupCells;
}

DeviceLstm::DeviceLstm(const DeviceParts& parts, const Layer& layer, const Lstm& lstm,
                       Extent extent)
    : parts_(parts),
      states_(lstm.states),
      input_words_(words_of_cells(layer.inputs)),
      summary_(lstm.summary),
      sums_before_(extent.height == 1 && !lstm.summary),
      bytes_per_px_(positions_per_px(extent) *
                    (4.0 * words_of_cells(lstm.states) + (sums_before_ ? 16.0 * lstm.states : 0))),
      weights_(device_weights(parts.device, lstm.gates, ActivationTable::kScale)),
      input_weights_(device_words(parts.device, lstm.gates, 0, layer.inputs)),
      state_weights_(device_words(parts.device, lstm.gates, layer.inputs, lstm.states)) {}

DeviceLstm::Rows DeviceLstm::rows_of(const Sheet& in) const {
  Rows rows{.table = {}, .outs = summary_ ? std::vector<Grid>() : in.lines};
  rows.positions = summary_ ? 0 : in.positions;
  for (const Grid& line : in.lines) {
    if (summary_) {
      rows.outs.push_back({.first = rows.positions,
                           .y_apart = 1,
                           .x_apart = 1,
                           .size = {.height = line.size.height, .width = 1}});
      rows.positions += line.size.height;
    }
    const Grid& out = rows.outs[static_cast<std::size_t>(&line - in.lines.data())];
    for (int y = 0; y < line.size.height; ++y) {
      for (const std::int32_t value :
           {line.at(y, 0), line.x_apart, line.size.width, out.at(y, 0), out.x_apart}) {
        rows.table.push_back(value);
      }
    }
  }
  return rows;
}

Device::BufferPtr DeviceLstm::summed_inputs(const Sheet& in) const {
  if (!sums_before_) return weights_.biases;
  return sums_of_products(parts_.device, in, *input_weights_, input_words_, weights_);
}

Sheet DeviceLstm::run(const Sheet& in, const Room& room) const {
  const Rows rows = rows_of(in);
  Sheet out =
      sheet_for(parts_.device, {.positions = rows.positions, .lines = rows.outs}, states_, room);
  const Device::BufferPtr table = on_device(parts_.device, rows.table);
  const Device::BufferPtr initial = summed_inputs(in);
  const auto count = static_cast<std::int32_t>(rows.table.size() / 5);
  const std::int32_t together = rows_together(states_);
  const auto groups = static_cast<std::size_t>((count + together - 1) / together);
  const std::size_t items = items_of(states_);
  parts_.device.run(
      "lstm_step", {groups * items, 1}, {items, 1},
      {table.get(), count, together, initial.get(), sums_before_ ? weights_.outputs : 0,
       in.cells.get(), in.stride / 4, input_weights_.get(), sums_before_ ? 0 : input_words_,
       state_weights_.get(), weights_.scales.get(), states_, parts_.tables.get(),
       std::int32_t{summary_}, out.cells.get(), out.stride, room.feature});
  return out;
}

}  // namespace ocrtune::lstm
