#pragma once

#include <cstdint>

#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm {

/// Reference implementation of Forward for one line, at a hundredth of its speed. Integer networks
/// give the same bits as Tesseract 5.3; float ones those of a Tesseract 5.3 that runs on a
/// processor with AVX-512. `sample_iteration` is the model's. Thread-safe.
LineOutput plain_forward(const Network& network, std::int64_t sample_iteration,
                         const LineInput& line);

}  // namespace ocrtune::lstm
