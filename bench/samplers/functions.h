#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/pipeline/space.h"

namespace ocrtune::bench {

/// Something to make small that samplers are compared on.
struct Function {
  std::string name;
  Space space;
  std::size_t trials = 200;
  std::size_t objectives = 1;
  /// The objectives at a point of the space. A single one is the distance from the least value
  /// there is, where that is known.
  std::function<std::vector<double>(const Point&)> values;
  std::vector<double> reference;  ///< of several objectives: where the hypervolume is measured from
};

/// Made-up functions whose best point is known, neither in the middle nor the initial one.
std::vector<Function> made_up_functions();

}  // namespace ocrtune::bench
