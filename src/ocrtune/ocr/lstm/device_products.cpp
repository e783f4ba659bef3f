#include "ocrtune/ocr/lstm/device_products.h"

#include <cstddef>
#include <utility>

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kEach = 8;  // as in devices/kernels/network.h
constexpr std::size_t kBeside = 64;

std::size_t parts_of(std::int32_t count, std::size_t each) {
  return (static_cast<std::size_t>(count) + each - 1) / each;
}

}  // namespace

ProductExtent product_extent(std::int32_t positions, std::int32_t outputs) {
  return {.items = {parts_of(positions, kEach) * kBeside, parts_of(outputs, kBeside)},
          .group = {kBeside, 1}};
}

Device::BufferPtr sums_of_products(Device& device, const Sheet& in, const Device::Buffer& words,
                                   std::int32_t count, const DeviceWeights& weights) {
  Device::BufferPtr sums =
      device.room(static_cast<std::size_t>(in.positions) *
                  static_cast<std::size_t>(weights.outputs) * sizeof(std::int32_t));
  const ProductExtent extent = product_extent(in.positions, weights.outputs);
  device.run("sum_products", extent.items, extent.group,
             {in.cells.get(), in.stride / 4, in.positions, &words, weights.biases.get(), count,
              weights.outputs, sums.get()});
  return sums;
}

Sheet sheet_for(Device& device, Sheet places, int features, const Room& room) {
  places.cells = room.cells;
  places.stride = room.stride;
  if (places.cells) return places;
  places.stride = 4 * words_of_cells(features);
  places.cells = device.room(static_cast<std::size_t>(places.positions) *
                             static_cast<std::size_t>(places.stride));
  return places;
}

}  // namespace ocrtune::lstm
