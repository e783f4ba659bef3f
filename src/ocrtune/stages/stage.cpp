#include "ocrtune/stages/stage.h"

#include <cmath>
#include <stdexcept>
#include <utility>

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

Stage completed(Stage stage) {
  const OverKernels& over = stage.over_kernels;
  if (over.run) {
    stage.run = [run = over.run](const Image& in, const Values& resolved) {
      Backend& cpu = cpu_backend();
      return Image{cpu.gray(run(cpu, cpu.hold(in.gray), resolved)), in.dpi};
    };
  }
  if (over.measure) {
    stage.measure = [measure = over.measure](const Image& in) {
      Backend& cpu = cpu_backend();
      return measure(cpu, cpu.hold(in.gray));
    };
  }
  return stage;
}

Values resolved(const Stage& stage, const Values& parameters, double measured) {
  return stage.resolve ? stage.resolve(parameters, measured) : parameters;
}

Image apply(const Stage& stage, const Image& in, const Values& parameters) {
  const double measured = stage.measure ? stage.measure(in) : 0;
  return stage.run(in, resolved(stage, parameters, measured));
}

}  // namespace ocrtune
