#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace ocrtune {

/// The objective of a minimizer.
using Score = std::function<double(std::span<const double>)>;

/// Turns a minimizer that calls its objective into one that is asked for places and told values.
/// Instead of blocking a thread, the minimizer is restarted for each place and replays the values
/// so far; the first call without a value gives the next place. So the minimizer must be
/// deterministic and cheap. Not thread-safe.
class InvertedOptimizer {
 public:
  /// Runs to its end or until the objective throws, and must not catch that exception.
  using Minimizer = std::function<void(const Score&)>;
  /// Returns the value of a place that is already known.
  using Known = std::function<std::optional<double>(std::span<const double>)>;

  /// At most `most_calls` calls of the objective, those with known values included.
  InvertedOptimizer(Minimizer minimizer, std::size_t most_calls)
      : minimizer_(std::move(minimizer)), most_calls_(most_calls) {}

  /// The next place without a value; the same one until it is told. Nothing at the end.
  [[nodiscard]] std::optional<std::vector<double>> ask(const Known& known);

  /// Sets the value at the place asked for.
  void tell(double value) { values_.push_back(value); }

 private:
  Minimizer minimizer_;
  std::size_t most_calls_;
  std::vector<double> values_;  // in the order of the minimizer's calls
};

}  // namespace ocrtune
