#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "ocrtune/ocr/tessdata/traineddata.h"

namespace ocrtune::tessdata {

/// Components of a .traineddata file by their place in its table, which may be one without a name
/// in Component; those without bytes are not there.
using Components = std::map<Component, std::vector<std::uint8_t>>;

/// All components of a file, copied. Thread-safe.
Components components_of(const TrainedData& data);

/// The .traineddata file of these components: TrainedData::parse() gives them back. Components from
/// TrainedData::kComponents on are left out. Thread-safe.
std::vector<std::byte> traineddata_bytes(const Components& components);

}  // namespace ocrtune::tessdata
