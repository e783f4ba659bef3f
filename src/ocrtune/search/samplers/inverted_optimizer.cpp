#include "ocrtune/search/samplers/inverted_optimizer.h"

namespace ocrtune {
namespace {

/// Unwinds the minimizer; never leaves ask().
struct Pause {};

}  // namespace

std::optional<std::vector<double>> InvertedOptimizer::ask(const Known& known) {
  std::size_t calls = 0;
  std::optional<std::vector<double>> wanted;
  const Score objective = [&](std::span<const double> place) {
    if (calls == most_calls_) throw Pause{};
    if (calls == values_.size()) {
      const std::optional<double> value = known(place);
      if (!value) {
        wanted.emplace(place.begin(), place.end());
        throw Pause{};
      }
      values_.push_back(*value);
    }
    return values_[calls++];
  };
  try {
    minimizer_(objective);
  } catch (const Pause&) {
    return wanted;
  }
  return std::nullopt;
}

}  // namespace ocrtune
