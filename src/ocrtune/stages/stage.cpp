#include "ocrtune/stages/stage.h"

#include <cmath>
#include <stdexcept>

namespace ocrtune {

void Values::set(const std::string& name, double value) {
  for (auto& [known, current] : values_) {
    if (known == name) {
      current = value;
      return;
    }
  }
  values_.emplace_back(name, value);
}

double Values::real(const std::string& name) const {
  for (const auto& [known, value] : values_) {
    if (known == name) return value;
  }
  throw std::logic_error("no such parameter: " + name);
}

int Values::integer(const std::string& name) const {
  return static_cast<int>(std::lround(real(name)));
}

Values settled(const Stage& stage, const Values& parameters, double measured) {
  return stage.settle ? stage.settle(parameters, measured) : parameters;
}

Image apply(const Stage& stage, const Image& in, const Values& parameters) {
  const double measured = stage.measure ? stage.measure(in) : 0;
  return stage.run(in, settled(stage, parameters, measured));
}

}  // namespace ocrtune
