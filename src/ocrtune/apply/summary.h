#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// Cost per page, as the mean over the pages.
struct ApplyCost {
  double ocr_results = 0;    ///< OCR runs per page
  double seconds = 0;        ///< running time of one worker
  double first_seconds = 0;  ///< the same for the first pipeline alone
};

/// All pages of a corpus that are done, including those of earlier runs.
struct ApplySummary {
  std::size_t count = 0;          ///< number of pages
  std::size_t done_before = 0;    ///< of these, by an earlier run
  std::size_t rotated = 0;        ///< of these, rotated before OCR
  std::size_t blank = 0;          ///< of these, without text
  std::optional<ApplyCost> cost;  ///< nothing if there are no pages
  double expected_cer = 0;        ///< the mean; 0 if there are no pages
  /// For each pipeline the number of pages whose result was kept from it, or voted along it.
  std::map<std::string, std::size_t> uses;
  /// For each language that pages seem to be in instead of the one they were recognized in, their
  /// number.
  std::map<std::string, std::size_t> other_languages;
  std::vector<AppliedPage> worst;  ///< those with the highest expected CER, worst first
};

/// Calls `take` for each page, one after the other: they need not be in memory together.
using EachAppliedPage = std::function<void(const std::function<void(const AppliedPage&)>& take)>;

/// Number of pages that summaries list.
inline constexpr std::size_t kWorstShown = 10;

/// The summary of these pages, of which an earlier run did `done_before`, with at most
/// `worst_shown` of the worst.
ApplySummary summary_of(const EachAppliedPage& pages, std::size_t done_before,
                        std::size_t worst_shown = kWorstShown);

/// Summary text: pages per pipeline, expected CER, running time, and the ten worst pages.
std::string summary_text(const ApplySummary& summary, const Portfolio& portfolio);

}  // namespace ocrtune
