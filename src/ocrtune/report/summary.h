#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/report/proxy_trust.h"
#include "ocrtune/report/reading_trust.h"
#include "ocrtune/report/recommendation.h"
#include "ocrtune/report/warnings.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// How one page fared with the best point.
struct PageChange {
  std::string name;     ///< as the study knows it
  double baseline = 0;  ///< objective's value of the page as it came
  double best = 0;      ///< of the best point, in the same unit
};

/// A page whose text is mostly a guess, or mostly left unread.
struct HardlyRead {
  std::string name;                     ///< as the study knows it
  double char_confidence = 0;           ///< mean of its characters, 0 to 100
  std::optional<double> coverage = {};  ///< see coverage()
};

/// What stock Tesseract says to what a study that another reader read has found.
enum class Confirmation {
  not_needed,  ///< stock Tesseract read the study
  missing,     ///< not asked yet
  given,       ///< the summary's scores are stock Tesseract's
  refused,     ///< given, and by them the study's best point doesn't beat the baseline or breaks a
               ///< constraint
};

/// What a study has found so far.
struct Summary {
  Score objective = Score::confidence;  ///< the study's first one
  std::size_t points = 0;               ///< finished, the baseline not counted
  std::string reader;                   ///< the study's
  /// What stock Tesseract says, where another reader read.
  Confirmation confirmation = Confirmation::not_needed;
  std::size_t found_number = 0;  ///< the best point by the study's reader
  MeanScores found_baseline;     ///< as the study's reader read it
  MeanScores found_best;         ///< the same
  MeanScores baseline;           ///< means over the pages as they came
  std::size_t best_number = 0;   ///< 0: nothing beats the pages as they came
  MeanScores best;   ///< means with the best point; the baseline's where nothing beats it
  Point best_point;  ///< of the best trial; empty for the baseline
  Space space;       ///< of the study's points
  Interval gain;  ///< of the objective, positive is better, over the pages the best was chosen on
  std::vector<PageChange> worse;         ///< pages that the best point reads worse, the worst first
  std::optional<Validation> validation;  ///< see Recommendation
  std::optional<std::size_t> unsteady;   ///< see Recommendation
  std::vector<ConstraintReport> constraints;  ///< the study's, by the best point
  std::vector<HardlyRead> hardly_read;        ///< by the best point, the worst first
  std::optional<ProxyTrust> trust;            ///< by the study's reader
  std::optional<ReadingTrust> reading_trust;  ///< of the best point, where no page has truth
  std::size_t judged_pages = 0;  ///< pages that the gain is of: those with a value before and after
  std::size_t failed_pages = 0;  ///< (trial, page) pairs whose pipeline couldn't run
  std::vector<Warning> warnings;  ///< as warnings_of() gives them
};

/// The best is the recommended trial. Scores of baseline and best are those of `confirmations`
/// where it has both. Throws Error(study_error) where the study has no baseline yet.
Summary summarize(const StudyDefinition& definition, const std::vector<Trial>& trials,
                  const Confirmations& confirmations = {}, const Confirmations& validations = {});

/// The summary of all that a study holds.
Summary summarize(const Storage& study);

/// What the best point gives on the pages held out; null where it wasn't read on them.
const Validation* validation_of_best(const Summary& summary);

/// Trials whose confirmation `confirmations` lacks: baseline and recommended trial of a study that
/// another reader than stock Tesseract read. Points into `trials`.
std::vector<const Trial*> to_be_confirmed(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials,
                                          const Confirmations& confirmations,
                                          const Confirmations& validations = {});

/// The summary for a person: several lines, ending with a line end.
std::string summary_text(const Summary& summary);

/// The study's pipeline with the best point's values fixed; the raw pipeline where nothing beats
/// the baseline.
Pipeline best_pipeline(const StudyDefinition& definition, const Summary& summary);

}  // namespace ocrtune
