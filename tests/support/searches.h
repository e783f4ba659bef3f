#pragma once

#include <algorithm>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/search/samplers/registry.h"

namespace ocrtune::test {

/// The outcomes of `trials` trials, each told as late as may be; fewer where the sampler is done
/// before. `judge` makes an Outcome or one value of a point.
template <typename Judge>
std::vector<Outcome> search(std::string_view sampler_name, const SamplerOptions& options,
                            const Judge& judge, std::size_t trials) {
  const auto sampler = make_sampler(sampler_name, options);
  std::vector<Outcome> outcomes;
  for (std::size_t number = 1; number <= trials; ++number) {
    if (number > options.in_flight) sampler->tell(outcomes[number - options.in_flight - 1]);
    const std::optional<Point> point = sampler->ask(number);
    if (!point) break;
    if constexpr (std::convertible_to<decltype(judge(*point)), double>) {
      outcomes.push_back({.values = {judge(*point)}});
    } else {
      outcomes.push_back(judge(*point));
    }
    outcomes.back().number = number;
    outcomes.back().point = *point;
  }
  return outcomes;
}

/// The least first value of those that break no constraint.
inline double best_of(const std::vector<Outcome>& outcomes) {
  double best = std::numeric_limits<double>::infinity();
  for (const Outcome& outcome : outcomes) {
    if (outcome.violation == 0) best = std::min(best, outcome.values.front());
  }
  return best;
}

/// From `low` to `high`, at `low` initially.
inline Dimension real_dimension(std::string name, double low, double high) {
  return {.name = std::move(name), .low = low, .high = high, .initial = low};
}

}  // namespace ocrtune::test
