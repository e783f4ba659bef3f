#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/search/samplers/page_model.h"
#include "ocrtune/search/samplers/pruner.h"

namespace ocrtune {

/// The order in which a trial should go through the pages, so that the first ones are the most
/// informative about its mean over all: shuffled at first, then according to the trials told. The
/// same pages, seed and outcomes give the same order on every machine. Not thread-safe.
class PageOrder {
 public:
  /// `pages`: those that have a value, each once, in any order.
  PageOrder(std::vector<std::size_t> pages, std::uint64_t seed);

  /// The values of a trial that has ended: on all pages or, if it was pruned, on the first ones.
  void tell(std::span<const PageValue> values);

  /// All pages. Valid until the next tell().
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }

 private:
  std::vector<std::size_t> order_;
  PageModel model_;
  std::size_t next_;  // number of trials at which the order is computed again
};

}  // namespace ocrtune
