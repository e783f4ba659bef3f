#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "ocrtune/samplers/pruner.h"
#include "ocrtune/samplers/sampler.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A finished trial as a search remembers it.
struct SearchRecord {
  Outcome outcome;                ///< what samplers are told
  std::vector<PageValue> values;  ///< what pruners are told: of the first objective
};

/// Pages on which the study's first objective has a value.
std::vector<std::size_t> judged_pages(const StudyDefinition& definition);

/// The finished trials of a study, told in the order of their numbers, and what samplers and
/// pruners are told of them. For one thread.
class SearchRecords {
 public:
  explicit SearchRecords(const StudyDefinition& definition)
      : definition_(definition), objectives_(objectives_of(definition)) {}

  /// Records a trial; the baseline is the first.
  const SearchRecord& add(const Trial& trial);

  /// As add(). Its values are estimates: on the pages it has, it differs from the mean of the
  /// trials on all pages so far by something, and by that its mean will differ from theirs.
  const SearchRecord& add(const PrunedTrial& trial);

  [[nodiscard]] const SearchRecord* find(std::size_t number) const;

  /// The first objective's values on the given pages that have one; `results` stand as `pages`.
  [[nodiscard]] std::vector<PageValue> page_values(std::span<const std::size_t> pages,
                                                   std::span<const PageResult> results) const;

 private:
  [[nodiscard]] double estimate(const PrunedTrial& trial, std::size_t objective) const;

  const StudyDefinition& definition_;
  std::vector<Score> objectives_;
  std::map<std::size_t, SearchRecord> records_;
  std::vector<PageResult> baseline_;
  std::vector<std::vector<double>> page_sums_;  // by objective and page, over trials on all pages
  double complete_ = 0;                         // how many those are
};

}  // namespace ocrtune
