#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune::lstm {

/// The softmax of a network over time: the probability of each class at each step.
struct LineOutput {
  int steps = 0;
  int classes = 0;
  std::vector<float> probabilities;  ///< steps × classes

  [[nodiscard]] std::span<const float> at(int step) const {
    return {
        probabilities.data() + static_cast<std::size_t>(step) * static_cast<std::size_t>(classes),
        static_cast<std::size_t>(classes)};
  }
};

}  // namespace ocrtune::lstm
