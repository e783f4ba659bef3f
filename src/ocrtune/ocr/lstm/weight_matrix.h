#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocrtune/ocr/tessdata/byte_reader.h"

namespace ocrtune::lstm {

/// The weights of a fully connected step: `outputs` rows of `inputs` weights and a bias. Either
/// integers (output = scale · (Σ weight · input + 127 · bias), inputs being 127ths) or floats.
struct WeightMatrix {
  int outputs = 0;
  int inputs = 0;                     ///< without the bias
  std::vector<std::int8_t> integers;  ///< outputs × (inputs + 1), else empty
  std::vector<float> scales;          ///< of the outputs, with `integers`; else empty
  std::vector<float> floats;          ///< outputs × (inputs + 1), else empty

  [[nodiscard]] bool integer() const { return !integers.empty(); }
  /// Index of an output's first weight.
  [[nodiscard]] std::size_t row(int output) const {
    return static_cast<std::size_t>(output) * (static_cast<std::size_t>(inputs) + 1);
  }
};

/// Reads a matrix in Tesseract's format since 4.0; `training`: data for training follows. Weights
/// and scales must be finite and below 1e6. Throws Error(dependency_missing).
WeightMatrix parse_weights(tessdata::ByteReader& bytes, bool training);

}  // namespace ocrtune::lstm
