#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace ocrtune {

/// What a minimiser calls for the value at a place.
using Score = std::function<double(std::span<const double>)>;

/// A minimiser that calls its objective, made into one that is asked for places and told values.
/// Instead of being held on a thread of its own, it is run again from its beginning for each place,
/// with the values so far, and left at the first call that has none. So it has to be deterministic
/// and its own work small. Not thread-safe.
class InvertedOptimizer {
 public:
  /// Runs to its end, or until the objective throws, which it has to let through.
  using Minimizer = std::function<void(const Score&)>;
  /// A value that is known without asking.
  using Known = std::function<std::optional<double>(std::span<const double>)>;

  /// At most `most_calls` of the objective, known values counted.
  InvertedOptimizer(Minimizer minimizer, std::size_t most_calls)
      : minimizer_(std::move(minimizer)), most_calls_(most_calls) {}

  /// The next place without a value; the same again until it is told. Nothing at the end.
  [[nodiscard]] std::optional<std::vector<double>> ask(const Known& known);

  /// The value at the place asked for.
  void tell(double value) { values_.push_back(value); }

 private:
  Minimizer minimizer_;
  std::size_t most_calls_;
  std::vector<double> values_;  // in the order of the minimiser's calls
};

}  // namespace ocrtune
