#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// What a sampler is told of a trial. Every objective is to be made small.
struct Outcome {
  std::size_t number = 0;      ///< 0: not a trial of this study
  Point point;                 ///< where it was evaluated
  std::vector<double> values;  ///< one for each objective
  bool pruned = false;         ///< it was stopped early: `values` are what its first pages promise
  double violation = 0;        ///< by how much constraints are broken; 0 where none is
};

/// What every sampler is made from.
struct SamplerOptions {
  Space space;                 ///< the searched parameters
  std::uint64_t seed = 1;      ///< of all that is random
  std::size_t objectives = 1;  ///< values of each outcome, at least 1
  std::size_t in_flight = 1;   ///< most trials that may be asked for and not told yet, at least 1
};

/// Proposes points. The same options and the same calls give the same points on every machine. Not
/// thread-safe: one caller asks and tells.
///
/// The caller goes through the trials' numbers from 1 on: it either asks for trial n's point or
/// notes the one it has, after it has told the outcomes of all trials up to n - in_flight and of no
/// later one. Told in the order of the numbers.
class Sampler {
 public:
  virtual ~Sampler() = default;

  /// The point of trial `number`: within the space and, where the space is finite, none that was
  /// asked for, noted or told before. Nothing where the sampler is done or all points are known.
  virtual std::optional<Point> ask(std::size_t number) = 0;

  /// Trial `number` takes a point that the sampler didn't choose.
  virtual void note(std::size_t number, const Point& point) = 0;

  /// Trial `number` took `point` when the study was run before, with the same calls before it.
  /// Samplers whose choice leaves no trace in them only note it.
  virtual void replay(std::size_t number, const Point& point) {
    const std::optional<Point> chosen = ask(number);
    if (chosen != point) note(number, point);
  }

  /// What became of a trial that was asked for or noted, or of a point from elsewhere.
  virtual void tell(const Outcome& outcome) = 0;
};

}  // namespace ocrtune
