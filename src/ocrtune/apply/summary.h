#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// Cost per page, as the mean over the pages.
struct ApplyCost {
  double readings = 0;       ///< OCR runs per page
  double seconds = 0;        ///< running time of one worker
  double first_seconds = 0;  ///< the same for the first pipeline alone
};

/// All pages of a corpus that are done, including those of earlier runs.
struct ApplySummary {
  std::vector<AppliedPage> pages;  ///< in the corpus's order
  std::size_t done_before = 0;     ///< of these, by an earlier run

  /// Nothing if there are no pages.
  [[nodiscard]] std::optional<ApplyCost> cost() const;
  /// The mean; 0 if there are no pages.
  [[nodiscard]] double expected_cer() const;
  /// For each pipeline the number of pages whose result was kept from it, or voted along it.
  [[nodiscard]] std::map<std::string, std::size_t> uses() const;
};

/// Summary text: pages per pipeline, expected CER, running time, and the ten worst pages.
std::string summary_text(const ApplySummary& summary, const Portfolio& portfolio);

}  // namespace ocrtune
