#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// What reading the pages took, on the mean over them.
struct ApplyCost {
  double readings = 0;       ///< that were made of a page
  double seconds = 0;        ///< wall clock of one worker
  double first_seconds = 0;  ///< the same for the first pipeline alone
};

/// All pages of a corpus that are done, also those an earlier run did.
struct ApplySummary {
  std::vector<AppliedPage> pages;  ///< in the corpus's order
  std::size_t done_before = 0;     ///< of them, by an earlier run

  /// Nothing where there is no page.
  [[nodiscard]] std::optional<ApplyCost> cost() const;
  /// The mean; 0 where there is no page.
  [[nodiscard]] double expected_cer() const;
  /// By pipeline the number of pages whose reading was kept, or voted along.
  [[nodiscard]] std::map<std::string, std::size_t> uses() const;
};

/// For a person: what each pipeline served, what to expect, what it took, and the ten worst pages.
std::string summary_text(const ApplySummary& summary, const Portfolio& portfolio);

}  // namespace ocrtune
