#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune::bench {

/// A function known at some points, and guessed between them as a weighted mean of the nearest: the
/// weights fall to 0 at the first one left out, so there are no jumps. How much a coordinate counts
/// in distances is chosen to guess points well that are left out. Pure.
class Neighbours {
 public:
  /// `coordinates`: row by row, one for each variable; `values`: one for each row, at least 20.
  Neighbours(std::vector<double> coordinates, std::vector<double> values);

  /// Within the values given.
  [[nodiscard]] double at(std::span<const double> point) const;

 private:
  [[nodiscard]] std::span<const double> row(std::size_t index) const;
  [[nodiscard]] double guess(std::span<const double> point, std::size_t left_out) const;
  [[nodiscard]] double error() const;

  std::size_t variables_;
  std::vector<double> coordinates_;
  std::vector<double> values_;
  std::vector<double> scales_;
};

/// Share of the variance that Neighbours of four fifths of the points tell about the last fifth,
/// each fifth in turn; below 0 where their mean would tell more.
double explained(std::span<const double> coordinates, std::span<const double> values);

}  // namespace ocrtune::bench
