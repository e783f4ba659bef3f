#pragma once

#include <cstdint>
#include <memory>

#include "ocrtune/ocr/lstm/engine.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm {

/// Packs an integer network for this machine; `byte_products`: 8-bit products may be used.
std::unique_ptr<const Engine> make_integer_engine(const Network& network, bool byte_products);

}  // namespace ocrtune::lstm
