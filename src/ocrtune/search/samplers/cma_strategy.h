#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune {

/// A part of [0, 1] whose places all stand for the same value.
struct CmaCell {
  double low = 0;
  double high = 0;
};

/// The cell of a place in [0, 1); the cells fill [0, 1]. Empty for a coordinate without cells.
using CmaCells = std::function<CmaCell(double)>;

/// A point of a generation.
struct CmaPoint {
  std::vector<double> coordinates;
  std::vector<bool> active;  ///< the coordinates that affected its outcome
  double weight = 0;
};

/// The place in [0, 1) of a coordinate that is reflected at 0 and 1. Pure; thread-safe.
double folded(double coordinate);

/// Weights of a generation's points, best first: logarithmic, the better half's positive (Hansen
/// 2016). Pure; thread-safe.
std::vector<double> cma_weights(std::size_t generation);

/// A covariance matrix adaptation evolution strategy (Hansen 2016): a normal distribution that
/// moves and stretches towards the better points of each generation and shrinks in the directions
/// of the worse ones. Its coordinates are unbounded and are mapped to [0, 1)^n by reflection
/// (folded()). Coordinates with cells keep a minimum probability of leaving the mean's cell (Hamano
/// et al. 2022). Not thread-safe.
class CmaStrategy {
 public:
  /// `mean` in [0, 1]^n, n at least 1; `sigma`: standard deviation of every coordinate; `cells`:
  /// one for each coordinate; `generation`: points in a generation, at least 4.
  CmaStrategy(std::span<const double> mean, double sigma, std::span<const CmaCells> cells,
              std::size_t generation);
  ~CmaStrategy();
  CmaStrategy(CmaStrategy&&) noexcept;
  CmaStrategy& operator=(CmaStrategy&&) noexcept;

  /// A point drawn from the distribution, in [0, 1)^n, with reflection at the bounds. Up to n draws
  /// of a generation use directions that are orthogonal before they are scaled.
  std::vector<double> draw(Random& random);

  /// Coordinates near the mean whose folded() places are `units`, n in [0, 1).
  [[nodiscard]] std::vector<double> unfolded(std::span<const double> units) const;

  /// Updates the distribution with a generation. `weight` is a point's cma_weights() or, for
  /// equally good points, their mean. The points need not come from the current distribution: long
  /// steps are shortened (Hansen 2011).
  void update(std::span<const CmaPoint> generation);

  /// True if the search is over in the `active` coordinates: all of them are too narrow, or the
  /// distribution is too flat for the computation.
  [[nodiscard]] bool has_converged(const std::vector<bool>& active) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ocrtune
