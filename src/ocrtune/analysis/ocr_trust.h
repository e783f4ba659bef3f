#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/proxy_trust.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// A page whose OCR result has so little agreement with others that it is garbage or unreliable.
struct DoubtfulPage {
  std::string name;      ///< in the study
  double agreement = 0;  ///< of its OCR result with the page's reference, 0 to 1
};

/// How reliable the OCR results of a study's recommended trial are if no page has ground truth,
/// measured by their agreement with the pages' references.
struct OcrTrust {
  std::size_t pages = 0;  ///< number compared
  bool held_out = false;  ///< compared on the validation pages
  double baseline = 0;    ///< mean agreement of the original pages, 0 to 1
  double agreement = 0;   ///< of the trial's OCR results
  OrderAlike order;       ///< of the study's objective and the agreement; no pages if the objective
                          ///< is the agreement
  std::vector<DoubtfulPage> doubtful;  ///< of all pages, the worst first
};

/// Below this agreement, each of 112 OCR results of real pages had a CER of at least 25 %
/// (docs/reference/metrics.md).
inline constexpr double kMinAgreement = 0.6;

/// Nothing if pages have ground truth, which is more reliable, or the trial's pages have no
/// reference. Uses the validation pages if the trial was evaluated on them. `number` is that of one
/// of the trials.
std::optional<OcrTrust> ocr_trust(const StudyDefinition& definition, const TrialScores& trials,
                                  const Confirmations& validations, std::size_t number);

/// As text: lines that end with a line end.
std::string ocr_trust_text(const OcrTrust& trust);

}  // namespace ocrtune
