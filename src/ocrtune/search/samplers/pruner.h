#pragma once

#include <cstddef>
#include <span>

namespace ocrtune {

/// The objective's value on one page, to be minimized.
struct PageValue {
  std::size_t page = 0;
  double value = 0;
};

/// Stops a trial after some pages if it is unlikely to win. Trials may go through the pages in
/// different orders. Deterministic. Not thread-safe: one caller asks and tells.
class Pruner {
 public:
  virtual ~Pruner() = default;

  /// True if trial `number` should end after its `first_pages`, given in the order of its
  /// evaluation. Asked once for each number of pages from 1 to one less than all, after the
  /// outcomes of all earlier trials were told.
  virtual bool prunes(std::size_t number, std::span<const PageValue> first_pages) = 0;

  /// Adds the values of a trial on all pages or, if it was pruned, on the first ones, in the order
  /// of the numbers; 0 is the baseline. `pruned` is also true for a complete trial that breaks a
  /// constraint, which cannot be the best.
  virtual void tell(std::size_t number, std::span<const PageValue> pages, bool pruned) = 0;
};

}  // namespace ocrtune
