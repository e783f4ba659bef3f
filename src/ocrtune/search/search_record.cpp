#include "ocrtune/search/search_record.h"

#include <numeric>

namespace ocrtune {

std::vector<PageValue> SearchRecords::page_values(std::span<const std::size_t> pages,
                                                  std::span<const PageResult> results) const {
  std::vector<PageValue> values;
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::optional<double> value = page_value(results[i], definition_.objective);
    if (value) values.push_back({pages[i], to_minimize(definition_.objective, *value)});
  }
  return values;
}

std::vector<std::size_t> pages_with_objective(const StudyDefinition& definition) {
  std::vector<std::size_t> pages;
  for (std::size_t page = 0; page < definition.pages.size(); ++page) {
    if (!needs_truth(definition.objective) || !definition.pages[page].truth.empty())
      pages.push_back(page);
  }
  return pages;
}

const SearchRecord& SearchRecords::add(const Trial& trial) {
  if (trial.number == 0) baseline_ = trial.pages;
  page_sums_.resize(objectives_.size(), std::vector<double>(trial.pages.size()));
  SearchRecord record{.outcome = {.number = trial.number, .point = trial.point}};
  for (std::size_t i = 0; i < objectives_.size(); ++i) {
    record.outcome.values.push_back(to_minimize(objectives_[i], trial.mean(objectives_[i])));
    for (std::size_t page = 0; page < trial.pages.size(); ++page)
      page_sums_[i][page] += page_value(trial.pages[page], objectives_[i]).value_or(0);
  }
  ++complete_;
  record.outcome.violation = violation(definition_.search.constraints, trial.pages, baseline_);
  std::vector<std::size_t> pages(trial.pages.size());
  std::iota(pages.begin(), pages.end(), std::size_t{0});
  record.values = page_values(pages, trial.pages);
  return records_.insert_or_assign(trial.number, std::move(record)).first->second;
}

const SearchRecord& SearchRecords::add(const PrunedTrial& trial) {
  SearchRecord record{.outcome = {.number = trial.number, .point = trial.point, .pruned = true}};
  for (std::size_t i = 0; i < objectives_.size(); ++i)
    record.outcome.values.push_back(to_minimize(objectives_[i], estimate(trial, i)));
  std::vector<PageResult> baseline;
  for (const std::size_t page : trial.pages) baseline.push_back(baseline_[page]);
  record.outcome.violation = violation(definition_.search.constraints, trial.results, baseline);
  record.values = page_values(trial.pages, trial.results);
  return records_.insert_or_assign(trial.number, std::move(record)).first->second;
}

const SearchRecord* SearchRecords::find(std::size_t number) const {
  const auto found = records_.find(number);
  return found == records_.end() ? nullptr : &found->second;
}

double SearchRecords::estimate(const PrunedTrial& trial, std::size_t objective) const {
  const std::vector<double>& sums = page_sums_[objective];
  double all = 0;
  std::size_t judged = 0;
  for (std::size_t page = 0; page < baseline_.size(); ++page) {
    if (!page_value(baseline_[page], objectives_[objective])) continue;
    all += sums[page] / complete_;
    ++judged;
  }
  double difference = 0;
  std::size_t seen = 0;
  for (std::size_t i = 0; i < trial.pages.size(); ++i) {
    const std::optional<double> value = page_value(trial.results[i], objectives_[objective]);
    if (!value) continue;
    difference += *value - sums[trial.pages[i]] / complete_;
    ++seen;
  }
  return (judged > 0 ? all / static_cast<double>(judged) : 0) +
         (seen > 0 ? difference / static_cast<double>(seen) : 0);
}

}  // namespace ocrtune
