#pragma once

#include <memory>

#include "ocrtune/ocr/lstm/engine.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm {

/// Runs a float network.
std::unique_ptr<const Engine> make_float_engine(Network network);

}  // namespace ocrtune::lstm
