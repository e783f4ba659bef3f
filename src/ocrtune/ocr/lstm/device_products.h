#pragma once

#include "ocrtune/ocr/lstm/device_sheet.h"
#include "ocrtune/ocr/lstm/device_weights.h"

namespace ocrtune::lstm {

/// The sums of a sheet's positions, outputs side by side: `words` words of a position's cells with
/// `weights` (device_words()). May throw DeviceError.
Device::BufferPtr sums_of_products(Device& device, const Sheet& in, const Device::Buffer& words,
                                   std::int32_t count, const DeviceWeights& weights);

/// Work-items of such a product, and how they are grouped.
struct ProductExtent {
  WorkItems items;
  WorkItems group;
};
ProductExtent product_extent(std::int32_t positions, std::int32_t outputs);

/// The sheet of positions and lines with cells: those of `room`, or new ones for so many features.
Sheet sheet_for(Device& device, Sheet places, int features, const Room& room);

}  // namespace ocrtune::lstm
