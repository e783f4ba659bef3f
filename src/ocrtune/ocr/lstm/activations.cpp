#include "ocrtune/ocr/lstm/activations.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ocrtune::lstm {
namespace {

template <typename Function>
ActivationTable make_table(const Function& function) {
  ActivationTable table;
  for (std::size_t i = 0; i < ActivationTable::kSize; ++i) {
    table.values[i] =
        static_cast<float>(function(static_cast<double>(i) / ActivationTable::kScale));
  }
  std::fill(table.values.end() - 2, table.values.end(), 1.0F);
  return table;
}

}  // namespace

const ActivationTable& tanh_table() {
  static const ActivationTable kTable = make_table([](double x) { return std::tanh(x); });
  return kTable;
}

const ActivationTable& logistic_table() {
  static const ActivationTable kTable = make_table([](double x) { return 1 / (1 + std::exp(-x)); });
  return kTable;
}

void softmax(std::span<float> values) {
  const float greatest = *std::max_element(values.begin(), values.end());
  float total = 0;
  for (float& value : values) {
    value = std::exp(std::max(value - greatest, kMinExponent));
    total += value;
  }
  for (float& value : values) value /= total;
}

}  // namespace ocrtune::lstm
