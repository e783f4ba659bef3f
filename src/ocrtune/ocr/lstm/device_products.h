#pragma once

#include "ocrtune/ocr/lstm/device_sheet.h"
#include "ocrtune/ocr/lstm/device_weights.h"

namespace ocrtune::lstm {

/// The sums of a sheet's positions, with the outputs of a position contiguous: `words` words of a
/// position's cells with `weights` (device_words()). May throw DeviceError.
Device::BufferPtr sums_of_products(Device& device, const Sheet& in, const Device::Buffer& words,
                                   std::int32_t count, const DeviceWeights& weights);

/// Work-items of such a product and their groups.
struct ProductExtent {
  WorkItems items;
  WorkItems group;
};
ProductExtent product_extent(std::int32_t positions, std::int32_t outputs);

/// A sheet with the positions and lines of `places` and memory for cells: that of `room`, or new
/// memory for this many features.
Sheet sheet_for(Device& device, Sheet places, int features, const Room& room);

}  // namespace ocrtune::lstm
