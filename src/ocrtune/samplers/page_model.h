#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/samplers/pruner.h"

namespace ocrtune {

/// How the values of a corpus's pages go up and down together from trial to trial: a factor
/// analysis with few factors (Rubin & Thayer 1982) of all trials told, whole ones and those that
/// lack pages. What lacks is no bias as long as it was left out for what was seen (Rubin 1976).
/// Deterministic. Not thread-safe.
class PageModel {
 public:
  /// `pages`: the pages of a whole trial, each once.
  PageModel(std::vector<std::size_t> pages, std::uint64_t seed);
  PageModel(PageModel&& other) noexcept;
  PageModel& operator=(PageModel&& other) noexcept;
  ~PageModel();

  /// The values of a trial on some pages; pages that the model doesn't know are left out.
  void tell(std::span<const PageValue> values);

  /// Trials told.
  [[nodiscard]] std::size_t trials() const;

  /// A mean that isn't known yet.
  struct Promise {
    double mean = 0;
    double deviation = 0;  ///< at least 0; 0 where every page was seen
  };

  /// What the differences between two trials on some pages promise for their mean over all pages,
  /// where nothing else speaks for one or the other.
  [[nodiscard]] Promise promise(std::span<const PageValue> differences) const;

  /// The pages in an order in which the first ones tell as much as they can of the mean over all:
  /// each is the one that takes most from the variance that those before it leave. Ties go by place
  /// in `pages`.
  [[nodiscard]] std::vector<std::size_t> informative_order() const;

 private:
  class Factors;
  struct Row;
  [[nodiscard]] Row row_of(std::span<const PageValue> values) const;

  std::vector<std::size_t> pages_;
  std::unique_ptr<Factors> factors_;
};

}  // namespace ocrtune
