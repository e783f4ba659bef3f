#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// The result of a trial for a sampler. Every objective is minimized.
struct Outcome {
  std::size_t number = 0;      ///< 0: not a trial of this study
  Point point;                 ///< where it was evaluated
  std::vector<double> values;  ///< one for each objective
  bool pruned = false;         ///< stopped early: `values` are estimates from its first pages
  double violation = 0;        ///< amount by which constraints are broken; 0 if none is
};

/// Options of every sampler.
struct SamplerOptions {
  Space space;                 ///< the searched parameters
  std::uint64_t seed = 1;      ///< random seed
  std::size_t objectives = 1;  ///< values of each outcome, at least 1
  std::size_t in_flight = 1;   ///< most trials that may be asked for and not told yet, at least 1
  std::size_t starts = 0;      ///< of a local sampler: its searches, then it is done; 0: any number
};

/// Proposes points. The same options and the same calls give the same points on every machine. Not
/// thread-safe: one caller asks and tells.
///
/// The caller goes through the trials' numbers from 1 on. For trial n, it has told the outcomes of
/// all trials up to n - in_flight and of no later one, in the order of their numbers; then it
/// either asks for the trial's point or attaches the point that the trial has.
class Sampler {
 public:
  virtual ~Sampler() = default;

  /// The point of trial `number`: within the space and, if the space is finite, not yet asked for,
  /// attached or told. Nothing if the sampler is done or all points are known.
  virtual std::optional<Point> ask(std::size_t number) = 0;

  /// Trial `number` uses a point that the sampler did not choose.
  virtual void attach(std::size_t number, const Point& point) = 0;

  /// Trial `number` used `point` in an earlier run of the study, after the same calls. Samplers
  /// without internal state only attach it.
  virtual void replay(std::size_t number, const Point& point) {
    const std::optional<Point> chosen = ask(number);
    if (chosen != point) attach(number, point);
  }

  /// The outcome of a trial that was asked for or attached, or of a point from elsewhere.
  virtual void tell(const Outcome& outcome) = 0;
};

}  // namespace ocrtune
