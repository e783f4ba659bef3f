#include "ocrtune/study/informative_units.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "ocrtune/study/ranks.h"

namespace ocrtune {
namespace {

/// A square matrix of the units.
using Matrix = std::vector<std::vector<double>>;

Matrix squared_distances(std::span<const DoubtfulUnit> units) {
  Matrix distances(units.size(), std::vector<double>(units.size(), 0.0));
  const std::size_t count = units.empty() ? 0 : units.front().features.size();
  std::vector<double> values(units.size());
  for (std::size_t feature = 0; feature < count; ++feature) {
    std::ranges::transform(units, values.begin(),
                           [&](const DoubtfulUnit& unit) { return unit.features[feature]; });
    const std::vector<float> places = ranks(values);
    if (places.empty()) continue;
    for (std::size_t i = 0; i < units.size(); ++i) {
      for (std::size_t j = 0; j < units.size(); ++j) {
        const double apart = places[i] - places[j];
        distances[i][j] += apart * apart;
      }
    }
  }
  return distances;
}

double median_of_pairs(const Matrix& distances) {
  std::vector<double> pairs;
  for (std::size_t i = 0; i < distances.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) pairs.push_back(distances[i][j]);
  }
  if (pairs.empty()) return 0;
  const auto middle = pairs.begin() + static_cast<std::ptrdiff_t>(pairs.size() / 2);
  std::ranges::nth_element(pairs, middle);
  return *middle;
}

/// From 0 to 1, of a unit to itself.
Matrix similarities(std::span<const DoubtfulUnit> units) {
  Matrix matrix = squared_distances(units);
  const double width = median_of_pairs(matrix);
  for (std::vector<double>& row : matrix) {
    for (double& value : row) value = width > 0 ? std::exp(-value / width) : 1;
  }
  return matrix;
}

}  // namespace

std::vector<std::size_t> informative_units(std::span<const DoubtfulUnit> units,
                                           std::size_t wanted) {
  const Matrix similar = similarities(units);
  std::vector<double> weights(units.size(), 1.0);
  std::vector<bool> taken(units.size(), false);
  const auto take = [&](std::size_t unit) {
    taken[unit] = true;
    for (std::size_t i = 0; i < units.size(); ++i) weights[i] *= 1 - similar[unit][i];
  };
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i].known) take(i);
  }
  std::vector<std::size_t> chosen;
  while (chosen.size() < wanted) {
    std::optional<std::size_t> best;
    double greatest = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
      if (taken[i]) continue;
      const double density =
          std::inner_product(weights.begin(), weights.end(), similar[i].begin(), 0.0);
      const double value = units[i].doubt * density;
      if (best && value <= greatest) continue;
      best = i;
      greatest = value;
    }
    if (!best) break;
    take(*best);
    chosen.push_back(*best);
  }
  return chosen;
}

}  // namespace ocrtune
