#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// Local methods for minimizing a function of ordered parameters within their bounds.
enum class LocalMethod { nelder_mead, powell, cg, bfgs, lbfgs, tnc, cobyla, slsqp };

/// The method of the sampler with this name, such as "lbfgs". Throws Error(invalid_argument) if it
/// is none of local_samplers().
LocalMethod local_method_named(std::string_view name);

/// A local method that is asked for places and told their values. It ends when its steps are
/// smaller than one value's share of the range or, for reals, 1 % of it. NLopt calls its objective
/// and waits for the value: instead of blocking a thread, each ask() runs the method again with the
/// values so far, up to the first that is missing. Deterministic. Not thread-safe.
class LocalSearch {
 public:
  /// Returns the value of a place that is already known. Must not throw.
  using Known = std::function<std::optional<double>(std::span<const double>)>;

  /// None of the dimensions is nominal. `start` has a unit coordinate for each.
  LocalSearch(LocalMethod method, std::vector<Dimension> dimensions, std::vector<double> start)
      : method_(method), dimensions_(std::move(dimensions)), start_(std::move(start)) {}

  /// The next place without a value, in unit coordinates; the same one until it is told. Nothing at
  /// the end.
  [[nodiscard]] std::optional<std::vector<double>> ask(const Known& known);

  /// Sets the value at the place asked for.
  void tell(double value) { values_.push_back(value); }

 private:
  LocalMethod method_;
  std::vector<Dimension> dimensions_;
  std::vector<double> start_;
  std::vector<double> values_;  // in the order of the method's calls
};

}  // namespace ocrtune
