#pragma once

#include <cstddef>
#include <span>

namespace ocrtune {

/// The objective's value on one page; small is good.
struct PageValue {
  std::size_t page = 0;
  double value = 0;
};

/// Stops a trial after some pages when it can no longer win. Trials may go through the pages in
/// different orders. Deterministic. Not thread-safe: one caller asks and tells.
class Pruner {
 public:
  virtual ~Pruner() = default;

  /// True where trial `number` should end after its `first_pages`, in the order it went through
  /// them. Asked once for each number of pages from 1 to one less than all, when the outcomes of
  /// all earlier trials were told.
  virtual bool prunes(std::size_t number, std::span<const PageValue> first_pages) = 0;

  /// The values of a trial on all pages or, where it was pruned, on its first ones, in the order of
  /// the numbers; 0 is the baseline. `pruned` also where it has all and can't be the best, for
  /// breaking a constraint.
  virtual void tell(std::size_t number, std::span<const PageValue> pages, bool pruned) = 0;
};

}  // namespace ocrtune
