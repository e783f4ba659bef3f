#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/samplers/page_model.h"
#include "ocrtune/samplers/pruner.h"

namespace ocrtune {

/// In which order a trial should go through the pages, so that its first ones tell most of its mean
/// over all: at first shuffled, then by what the trials told have shown. The same pages, seed and
/// outcomes give the same order on every machine. Not thread-safe.
class PageOrder {
 public:
  /// `pages`: those that have a value, each once, in any order.
  PageOrder(std::vector<std::size_t> pages, std::uint64_t seed);

  /// The values of a trial that has ended: all pages or, where it was pruned, its first ones.
  void tell(std::span<const PageValue> values);

  /// All pages. Valid until the next tell().
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }

 private:
  std::vector<std::size_t> order_;
  PageModel model_;
  std::size_t next_;  // trials told when the order is thought over again
};

}  // namespace ocrtune
