#pragma once

#include <vector>

namespace ocrtune {

/// Polynomials of one variable, orthonormal over its values, all equally likely: of [0, 1] those of
/// Legendre, of a few equidistant values those of Gram. Immutable; thread-safe.
class OrthonormalBasis {
 public:
  /// `levels` from 2: the values i/(levels − 1); 0: all of [0, 1]. Degrees go up to `degree`, or to
  /// one less than the levels.
  OrthonormalBasis(int levels, int degree);

  [[nodiscard]] int degree() const { return degree_; }
  /// All polynomials at a coordinate in [0, 1), of degree 0 first. With levels, the coordinate's
  /// share of [0, 1) is that of a level.
  [[nodiscard]] std::vector<double> at(double coordinate) const;

 private:
  int levels_;
  int degree_;
  std::vector<std::vector<double>> table_;  ///< of each level
};

}  // namespace ocrtune
