#include "support/stage_values.h"

#include <cmath>

namespace ocrtune::test {
namespace {

/// Anything that the parameter may be, its ends more often than the rest.
double allowed_value(const Parameter& p, Random& random) {
  if (random.chance(0.15)) return p.min;
  if (random.chance(0.15)) return p.max;
  if (random.chance(0.2)) return p.initial;
  if (p.type == ParameterType::real) {
    const bool searched = random.chance(0.5);
    return searched ? random.uniform(p.low, p.high) : random.uniform(p.min, p.max);
  }
  const double value =
      random.integer(static_cast<int>(std::ceil(p.min)), static_cast<int>(std::floor(p.max)));
  if (p.type != ParameterType::odd || std::fmod(std::abs(value), 2) == 1) return value;
  return value < p.max ? value + 1 : value - 1;
}

}  // namespace

Values allowed_values_of(const Stage& stage, Random& random) {
  Values values;
  for (const Parameter& parameter : stage.parameters) {
    const double value = allowed_value(parameter, random);
    check_value(parameter, value, parameter.name);
    values.set(parameter.name, value);
  }
  return values;
}

}  // namespace ocrtune::test
