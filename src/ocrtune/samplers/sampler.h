#pragma once

#include <cstddef>
#include <optional>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// Proposes points. Not thread-safe: one caller asks and tells.
class Sampler {
 public:
  virtual ~Sampler() = default;

  /// The point of trial `number` (from 1; 0 is the baseline), or nothing where the sampler is done.
  /// The same seed, space and history give the same point.
  virtual std::optional<Point> ask(std::size_t number) = 0;

  /// The objective's value at a point that was asked for, in the order of the numbers.
  virtual void tell(std::size_t number, const Point& point, double value) = 0;
};

}  // namespace ocrtune
