#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/report/proxy_trust.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// A page whose reading agrees with others so little that it is garbage, or can't be trusted.
struct DoubtfulPage {
  std::string name;      ///< as the study knows it
  double agreement = 0;  ///< of its reading with the page's reference, 0 to 1
};

/// How far the readings of a study's recommended trial can be trusted where no page has truth, told
/// by how far they agree with the pages' references.
struct ReadingTrust {
  std::size_t pages = 0;  ///< compared
  bool held_out = false;  ///< those are the pages held out
  double baseline = 0;    ///< mean agreement of the pages as they came, 0 to 1
  double agreement = 0;   ///< of the trial's readings
  OrderAlike order;       ///< of the study's objective and the agreement; no pages where that is it
  std::vector<DoubtfulPage> doubtful;  ///< of all pages, the worst first
};

/// Below it every one of 112 readings of real pages had a quarter of its characters wrong or more
/// (docs/metrics.md).
inline constexpr double kLeastAgreement = 0.6;

/// Nothing where pages have truth, which tells more, or the trial's have no reference. On the pages
/// held out where the trial has read those. `number` is one of the trials'.
std::optional<ReadingTrust> reading_trust(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials,
                                          const Confirmations& validations, std::size_t number);

/// For a person: lines that end with a line end.
std::string reading_trust_text(const ReadingTrust& trust);

}  // namespace ocrtune
