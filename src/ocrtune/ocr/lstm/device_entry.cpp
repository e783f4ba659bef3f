#include "ocrtune/ocr/lstm/device_entry.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <variant>

#include "ocrtune/ocr/lstm/device_products.h"

namespace ocrtune::lstm {
namespace {

constexpr int kColumns = 3;
constexpr std::size_t kBeside = 64;

/// Three words for each output, column by column.
std::vector<std::uint32_t> column_words(const WeightMatrix& matrix) {
  std::vector<std::uint32_t> words;
  for (int output = 0; output < matrix.outputs; ++output) {
    const std::span<const std::int8_t> row(matrix.integers.data() + matrix.row(output), 9);
    for (std::size_t column = 0; column < 9; column += 3)
      words.push_back(word_of(row.subspan(column, 3)));
  }
  return words;
}

/// Sets the three words of a position of the border.
void look_around(const LineInput& line, int y, int x, BorderNoise& noise, std::uint32_t* words) {
  for (int from_x = x - 1; from_x <= x + 1; ++from_x) {
    std::array<std::int8_t, 3> cells{};
    for (int i = 0; i < 3; ++i) {
      const int from_y = y - 1 + i;
      const bool inside = from_x >= 0 && from_x < line.width && from_y >= 0 && from_y < line.height;
      const auto place = static_cast<std::ptrdiff_t>(from_y) * line.width + from_x;
      cells[static_cast<std::size_t>(i)] =
          inside ? line.quantised[static_cast<std::size_t>(place)] : noise.quantised(1)[0];
    }
    *words++ = word_of(cells);
  }
}

/// A batch's lines, as input of convolve_and_pool.
struct Uploaded {
  std::vector<std::int32_t> lines;
  std::vector<std::int8_t> pixels;
  std::vector<std::uint32_t> borders;
};

Uploaded put_together(std::span<const DeviceLine* const> lines, const Sheet& sheet) {
  Uploaded all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const DeviceLine& line = *lines[i];
    for (const std::int32_t value :
         {line.input->width, static_cast<std::int32_t>(all.pixels.size()),
          static_cast<std::int32_t>(all.borders.size()), sheet.lines[i].first}) {
      all.lines.push_back(value);
    }
    all.pixels.insert(all.pixels.end(), line.input->quantised.begin(), line.input->quantised.end());
    all.borders.insert(all.borders.end(), line.border.begin(), line.border.end());
  }
  return all;
}

}  // namespace

DeviceLine device_line(const LineInput& input, BorderNoise& noise) {
  const auto border =
      2 * (static_cast<std::size_t>(input.width) + static_cast<std::size_t>(input.height));
  DeviceLine line{.input = &input, .border = std::vector<std::uint32_t>(kColumns * border)};
  noise.restart();
  for (int y = 0; y < input.height; ++y) {
    const bool all = y == 0 || y + 1 == input.height;
    for (int x = 0; x < input.width; x += all || x + 1 == input.width ? 1 : input.width - 1) {
      const int side = 2 * input.width + (x == 0 ? 0 : input.height) + y;
      const int place = y == 0 ? x : y + 1 == input.height ? input.width + x : side;
      look_around(input, y, x, noise,
                  line.border.data() + static_cast<std::ptrdiff_t>(kColumns) * place);
    }
  }
  return line;
}

DeviceEntry::DeviceEntry(const DeviceParts& parts, std::span<const Layer> layers, int height)
    : parts_(parts), height_(height), pool_(std::get<Maxpool>(layers[2].kind)) {
  const auto& connected = std::get<FullyConnected>(layers[1].kind);
  activation_ = connected.activation;
  weights_ = device_weights(parts.device, {&connected.weights, 1}, argument_scale_of(activation_));
  words_ = on_device(parts.device, column_words(connected.weights));
}

Sheet DeviceEntry::run(std::span<const DeviceLine* const> lines) const {
  Sheet places;
  std::int32_t most = 0;
  for (const DeviceLine* line : lines) {
    const GridSize size{.height = height_ / pool_.y_scale,
                        .width = line->input->width / pool_.x_scale};
    places.lines.push_back(
        {.first = places.positions, .y_apart = size.width, .x_apart = 1, .size = size});
    places.positions += size.height * size.width;
    most = std::max(most, size.height * size.width);
  }
  Sheet out = sheet_for(parts_.device, std::move(places), weights_.outputs, {});
  const Uploaded all = put_together(lines, out);
  const Device::BufferPtr table = on_device(parts_.device, all.lines);
  const Device::BufferPtr pixels = on_device(parts_.device, all.pixels);
  const Device::BufferPtr borders = on_device(parts_.device, all.borders);
  parts_.device.run(
      "convolve_and_pool", {static_cast<std::size_t>(most), lines.size()}, {kBeside, 1},
      {table.get(), pixels.get(), borders.get(), height_, pool_.x_scale, pool_.y_scale,
       words_.get(), weights_.biases.get(), weights_.scales.get(), weights_.outputs,
       static_cast<std::int32_t>(activation_), parts_.tables.get(), out.cells.get(), out.stride});
  return out;
}

double DeviceEntry::bytes_per_px() const {
  const double positions =
      positions_per_px({.height = height_ / pool_.y_scale, .width = -pool_.x_scale});
  // Memory for the top and bottom border; the other borders do not depend on a line's width.
  constexpr double kBorder = 2.0 * kColumns * sizeof(std::uint32_t);
  return height_ + kBorder + positions * 4 * words_of_cells(weights_.outputs);
}

}  // namespace ocrtune::lstm
