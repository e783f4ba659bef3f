#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "ocrtune/search/samplers/pruner.h"

namespace ocrtune {

/// The mean of some pages' values; 0 for none.
inline double mean_value(std::span<const PageValue> values) {
  double sum = 0;
  for (const PageValue& value : values) sum += value.value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

/// The values of the trials told, by page. Not thread-safe.
class PageTable {
 public:
  void tell(std::span<const PageValue> values) {
    std::map<std::size_t, double> trial;
    for (const PageValue& value : values) trial.emplace(value.page, value.value);
    trials_.push_back(std::move(trial));
  }

  /// The means of the trials that have all of `pages`, over these alone, in the order told.
  [[nodiscard]] std::vector<double> means_on(std::span<const PageValue> pages) const {
    std::vector<double> means;
    for (const auto& trial : trials_) {
      if (const std::optional<double> mean = mean_on(trial, pages)) means.push_back(*mean);
    }
    return means;
  }

 private:
  static std::optional<double> mean_on(const std::map<std::size_t, double>& trial,
                                       std::span<const PageValue> pages) {
    double sum = 0;
    for (const PageValue& wanted : pages) {
      const auto found = trial.find(wanted.page);
      if (found == trial.end()) return std::nullopt;
      sum += found->second;
    }
    return sum / static_cast<double>(pages.size());
  }

  std::vector<std::map<std::size_t, double>> trials_;
};

}  // namespace ocrtune
