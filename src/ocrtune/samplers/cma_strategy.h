#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune {

/// A part of [0, 1] in which all places are as one.
struct CmaCell {
  double low = 0;
  double high = 0;
};

/// The cell in which a place in [0, 1) lies; the cells fill [0, 1]. Empty for a coordinate without
/// cells.
using CmaCells = std::function<CmaCell(double)>;

/// A point of a generation.
struct CmaPoint {
  std::vector<double> coordinates;
  std::vector<bool> active;  ///< the coordinates that had a part in its outcome
  double weight = 0;
};

/// The place in [0, 1) where a coordinate is seen between mirrors at 0 and 1. Pure; thread-safe.
double folded(double coordinate);

/// Weights of a generation's points, best first: logarithmic, the better half's positive (Hansen
/// 2016). Pure; thread-safe.
std::vector<double> cma_weights(std::size_t generation);

/// A covariance matrix adaptation evolution strategy (Hansen 2016): a normal distribution that
/// moves and stretches towards where the better points of each generation were, and shrinks in the
/// directions of the worse ones. It looks at [0, 1)^n between mirrors: its coordinates are
/// unbounded and stand for their folded() place. Coordinates with cells keep a chance to leave the
/// mean's cell (Hamano et al. 2022). Not thread-safe.
class CmaStrategy {
 public:
  /// `mean` in [0, 1]^n, n at least 1; `sigma`: standard deviation of every coordinate; `cells`:
  /// one for each; `generation`: points in a generation, at least 4.
  CmaStrategy(std::span<const double> mean, double sigma, std::span<const CmaCells> cells,
              std::size_t generation);
  ~CmaStrategy();
  CmaStrategy(CmaStrategy&&) noexcept;
  CmaStrategy& operator=(CmaStrategy&&) noexcept;

  /// A point drawn from the distribution, in [0, 1)^n: what lies outside is reflected. Up to n
  /// draws of a generation go in directions that are orthogonal before they are stretched.
  std::vector<double> draw(Random& random);

  /// Coordinates near the mean that stand for `units`, n in [0, 1).
  [[nodiscard]] std::vector<double> unfolded(std::span<const double> units) const;

  /// Takes in a generation. `weight` is a point's cma_weights() or, of points that are equally
  /// good, their mean. Points needn't have been drawn from the distribution as it is now: long
  /// steps are shortened (Hansen 2011).
  void update(std::span<const CmaPoint> generation);

  /// True where it has nothing left to find in the `active` coordinates: all of them too narrow, or
  /// the distribution too flat to compute with.
  [[nodiscard]] bool has_converged(const std::vector<bool>& active) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace ocrtune
