#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "ocrtune/search/samplers/pruner.h"
#include "ocrtune/search/samplers/sampler.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A finished trial in the memory of a search.
struct SearchRecord {
  Outcome outcome;                ///< for samplers
  std::vector<PageValue> values;  ///< for pruners: values of the first objective
};

/// Pages on which the study's first objective has a value.
std::vector<std::size_t> pages_with_objective(const StudyDefinition& definition);

/// Finished trials of a study in the order of their numbers, with what samplers and pruners get of
/// them. For one thread.
class SearchRecords {
 public:
  explicit SearchRecords(const StudyDefinition& definition)
      : definition_(definition), objectives_(objectives_of(definition)) {}

  /// Records a trial; the baseline is the first.
  const SearchRecord& add(const Trial& trial);

  /// As add(), with estimated values: the difference of its pages to the mean of the complete
  /// trials on the same pages is added to their mean on all pages.
  const SearchRecord& add(const PrunedTrial& trial);

  /// The record of a trial; null if there is none, or it was forgotten.
  [[nodiscard]] const SearchRecord* find(std::size_t number) const;

  /// Drops a record that is not needed any more, except the baseline's.
  void forget(std::size_t number) {
    if (number > 0) records_.erase(number);
  }

  /// Values of the first objective on those of the given pages that have one; `results` has the
  /// order of `pages`.
  [[nodiscard]] std::vector<PageValue> page_values(std::span<const std::size_t> pages,
                                                   std::span<const PageResult> results) const;

 private:
  [[nodiscard]] double estimate(const PrunedTrial& trial, std::size_t objective) const;

  const StudyDefinition& definition_;
  std::vector<Score> objectives_;
  std::map<std::size_t, SearchRecord> records_;
  std::vector<PageResult> baseline_;
  std::vector<std::vector<double>> page_sums_;  // by objective and page, over complete trials
  double complete_ = 0;                         // number of those
};

}  // namespace ocrtune
