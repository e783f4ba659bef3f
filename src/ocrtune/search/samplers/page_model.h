#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/search/samplers/pruner.h"

namespace ocrtune {

/// How the values of a corpus's pages vary together from trial to trial: a factor analysis with few
/// factors (Rubin & Thayer 1982) of all trials told, complete or not. Missing values do not bias
/// the fit as long as they are missing at random, that is, because of values that were observed
/// (Rubin 1976). Deterministic. Not thread-safe.
class PageModel {
 public:
  /// `pages`: the pages of a complete trial, each once.
  PageModel(std::vector<std::size_t> pages, std::uint64_t seed);
  PageModel(PageModel&& other) noexcept;
  PageModel& operator=(PageModel&& other) noexcept;
  ~PageModel();

  /// Adds the values of a trial on some pages; unknown pages are ignored.
  void tell(std::span<const PageValue> values);

  /// Number of trials told.
  [[nodiscard]] std::size_t trials() const;

  /// Prediction of a mean.
  struct Prediction {
    double mean = 0;
    double deviation = 0;  ///< at least 0; 0 if every page was observed
  };

  /// Predicts the mean over all pages of the differences between two trials from the differences on
  /// some pages, with no prior preference for either trial.
  [[nodiscard]] Prediction predict(std::span<const PageValue> differences) const;

  /// The pages in an order in which the first ones are the most informative about the mean over
  /// all: each one reduces the remaining variance most. Ties keep the order of `pages`.
  [[nodiscard]] std::vector<std::size_t> informative_order() const;

 private:
  class Factors;
  struct Row;
  [[nodiscard]] Row row_of(std::span<const PageValue> values) const;

  std::vector<std::size_t> pages_;
  std::unique_ptr<Factors> factors_;
};

}  // namespace ocrtune
