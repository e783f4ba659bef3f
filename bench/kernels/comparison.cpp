#include "kernels/comparison.h"

#include <utility>

namespace ocrtune::bench {

std::vector<Comparison>& comparisons() {
  static std::vector<Comparison> all;
  return all;
}

Registered::Registered(Comparison comparison) { comparisons().push_back(std::move(comparison)); }

}  // namespace ocrtune::bench
