#pragma once

#include <vector>

namespace ocrtune {

/// Polynomials of one variable, orthonormal with respect to the uniform distribution over its
/// values: Legendre polynomials on [0, 1], Gram polynomials on a few equidistant values. Immutable;
/// thread-safe.
class OrthonormalBasis {
 public:
  /// `levels` from 2: the values i/(levels − 1); 0: all of [0, 1]. The highest degree is `degree`,
  /// or `levels` − 1 if that is less.
  OrthonormalBasis(int levels, int degree);

  [[nodiscard]] int degree() const { return degree_; }
  /// All polynomials at a coordinate in [0, 1), by degree from 0. With levels, [0, 1) is divided
  /// into as many equal parts, one for each level.
  [[nodiscard]] std::vector<double> at(double coordinate) const;

 private:
  int levels_;
  int degree_;
  std::vector<std::vector<double>> table_;  ///< by level
};

}  // namespace ocrtune
