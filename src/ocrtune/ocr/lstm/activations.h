#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

namespace ocrtune::lstm {

/// Tesseract's look-up table of a function that is 1 from 16 on: values at i / 256, linear in
/// between. Results have the same bits as Tesseract's.
struct ActivationTable {
  static constexpr int kSize = 4096;
  static constexpr float kScale = 256;
  /// End of the table, from which the function is 1.
  static constexpr float kEnd = kSize - 1;

  /// The last two values are 1.
  alignas(64) std::array<float, kSize + 2> values;

  /// For x ≥ 0.
  [[nodiscard]] float at(float x) const {
    const float scaled = x * kScale;
    if (!(scaled < kEnd)) return 1;
    const auto index = static_cast<std::uint32_t>(scaled);
    const float value = values[index];
    return value + (values[index + 1] - value) * (scaled - static_cast<float>(index));
  }
};

const ActivationTable& tanh_table();
const ActivationTable& logistic_table();

/// Both tables, for inner loops.
struct ActivationTables {
  const ActivationTable& tanh = tanh_table();
  const ActivationTable& logistic = logistic_table();
};

inline float table_tanh(float x) { return x < 0 ? -tanh_table().at(-x) : tanh_table().at(x); }

inline float table_logistic(float x) {
  return x < 0 ? 1 - logistic_table().at(-x) : logistic_table().at(x);
}

/// 127ths, rounded half away from zero, at most ±127.
inline std::int8_t quantised(float x) {
  const float scaled = std::clamp(x * 127.0F, -127.0F, 127.0F);
  return static_cast<std::int8_t>(scaled + std::copysign(0.5F, scaled));
}

/// Softmax raises activations to at least this, which keeps every probability above 0.
constexpr float kMinExponent = -86;

/// KeyedMutex activations into probabilities in place, adding up in order.
void softmax(std::span<float> values);

}  // namespace ocrtune::lstm
