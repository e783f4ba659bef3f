#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/random.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::test {

/// A value the parameter may take, its ends more often than by chance.
inline double random_value(const Parameter& parameter, Random& random) {
  if (random.chance(0.1)) return parameter.min;
  if (random.chance(0.1)) return parameter.max;
  if (parameter.type == ParameterType::real) {
    return random.chance(0.1) ? -0.0 * parameter.max + std::max(0.0, parameter.min)
                              : random.uniform(parameter.min, parameter.max);
  }
  const int step = parameter.type == ParameterType::odd ? 2 : 1;
  return parameter.min +
         step * random.integer(0, static_cast<int>(parameter.max - parameter.min) / step);
}

inline Setting random_setting(const Parameter& parameter, const std::string& name, Random& random) {
  Setting setting{.name = name, .parameter = &parameter};
  setting.value = random_value(parameter, random);
  if (random.chance(0.5)) {
    std::array<double, 3> values{setting.value, random_value(parameter, random),
                                 random_value(parameter, random)};
    std::ranges::sort(values);
    setting.value = values[1];
    setting.free = Range{values[0], values[2]};
  }
  return setting;
}

/// Up to eight stages of any kind, each setting fixed or free at random.
inline Pipeline random_pipeline(const std::string& name, const std::string& description,
                                Random& random) {
  std::vector<StageUse> uses;
  const int count = random.integer(0, 8);
  for (int i = 0; i < count; ++i) {
    const int which = random.integer(0, static_cast<int>(all_stages().size()) - 1);
    StageUse use{.stage = &all_stages()[static_cast<std::size_t>(which)]};
    use.on = random.chance(0.7);
    use.optional = random.chance(0.4);
    for (const Parameter& parameter : use.stage->parameters) {
      use.settings.push_back(
          random_setting(parameter, fmt::format("s{}_{}", i, parameter.name), random));
    }
    uses.push_back(std::move(use));
  }
  return {name, description, std::move(uses)};
}

}  // namespace ocrtune::test
