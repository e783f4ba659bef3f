#include "ocrtune/analysis/orthonormal_basis.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ocrtune {
namespace {

/// Legendre polynomials on [0, 1] by their recurrence, each with mean square 1.
std::vector<double> legendre(double coordinate, int degree) {
  const double x = 2 * coordinate - 1;
  std::vector<double> values(static_cast<std::size_t>(degree) + 1);
  double before = 0;
  double current = 1;
  for (int k = 0; k <= degree; ++k) {
    values[static_cast<std::size_t>(k)] = std::sqrt(2.0 * k + 1) * current;
    const double next = ((2.0 * k + 1) * x * current - k * before) / (k + 1);
    before = current;
    current = next;
  }
  return values;
}

/// The polynomials at each of the levels, by Gram-Schmidt, applied twice for accuracy.
std::vector<std::vector<double>> gram(int levels, int degree) {
  const auto count = static_cast<std::size_t>(levels);
  std::vector<std::vector<double>> columns;
  for (int k = 0; k <= degree; ++k) {
    std::vector<double> column(count);
    for (std::size_t i = 0; i < count; ++i) {
      const double x = 2.0 * static_cast<double>(i) / (levels - 1) - 1;
      column[i] = columns.empty() ? 1.0 : x * columns.back()[i];
    }
    for (int pass = 0; pass < 2; ++pass) {
      for (const auto& other : columns) {
        double product = 0;
        for (std::size_t i = 0; i < count; ++i) product += column[i] * other[i];
        for (std::size_t i = 0; i < count; ++i) column[i] -= product / levels * other[i];
      }
    }
    double square = 0;
    for (const double value : column) square += value * value;
    for (double& value : column) value /= std::sqrt(square / levels);
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

OrthonormalBasis::OrthonormalBasis(int levels, int degree)
    : levels_(levels), degree_(levels > 0 ? std::min(degree, levels - 1) : degree) {
  if (levels_ > 0) table_ = gram(levels_, degree_);
}

std::vector<double> OrthonormalBasis::at(double coordinate) const {
  if (levels_ == 0) return legendre(coordinate, degree_);
  const int level = std::clamp(static_cast<int>(coordinate * levels_), 0, levels_ - 1);
  std::vector<double> values;
  for (const auto& column : table_) values.push_back(column[static_cast<std::size_t>(level)]);
  return values;
}

}  // namespace ocrtune
