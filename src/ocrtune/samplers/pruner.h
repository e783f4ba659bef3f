#pragma once

#include <cstddef>
#include <span>

namespace ocrtune {

/// Stops a trial after some pages when it can no longer win. Not thread-safe: one caller asks and
/// tells.
class Pruner {
 public:
  virtual ~Pruner() = default;

  /// True where trial `number` should end. `values` are the objective's values on its first pages,
  /// in the order in which every trial goes through the pages. Asked once for each number of pages
  /// from 1, but not for all of them.
  virtual bool prunes(std::size_t number, std::span<const double> values) = 0;

  /// The values of a trial that went through all pages, in the order of the trials' numbers.
  virtual void tell(std::size_t number, std::span<const double> values) = 0;
};

}  // namespace ocrtune
