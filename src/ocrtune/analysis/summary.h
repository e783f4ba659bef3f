#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/ocr_trust.h"
#include "ocrtune/analysis/proxy_trust.h"
#include "ocrtune/analysis/recommendation.h"
#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/analysis/warnings.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// Change of one page from the baseline to the best point.
struct PageChange {
  std::string name;     ///< in the study
  double baseline = 0;  ///< value of the objective for the original page
  double best = 0;      ///< for the best point, in the same unit
};

/// A page whose text has a low confidence or is mostly missing.
struct PoorlyRecognized {
  std::string name;                     ///< in the study
  double char_confidence = 0;           ///< mean of its characters, 0 to 100
  std::optional<double> coverage = {};  ///< see coverage()
};

/// Tesseract's confirmation of a result that was found with another engine.
enum class Confirmation {
  not_needed,  ///< Tesseract was the study's engine
  missing,     ///< not evaluated yet
  given,       ///< the summary's scores are Tesseract's
  refused,     ///< evaluated; with Tesseract, the study's best point is not better than the
               ///< baseline or breaks a constraint
};

/// The results of a study so far.
struct Summary {
  Score objective = Score::confidence;  ///< the study's first one
  std::size_t points = 0;               ///< finished, without the baseline
  std::size_t pruned = 0;               ///< number of pruned trials, besides these
  std::string engine;                   ///< the study's
  /// Tesseract's confirmation, if the study used another engine.
  Confirmation confirmation = Confirmation::not_needed;
  std::size_t found_number = 0;  ///< the best point with the study's engine
  MeanScores found_baseline;     ///< with the study's engine
  MeanScores found_best;         ///< with the study's engine
  MeanScores baseline;           ///< means over the original pages
  std::size_t best_number = 0;   ///< 0: nothing is better than the baseline
  MeanScores best;   ///< means of the best point, or of the baseline if nothing is better
  Point best_point;  ///< of the best trial; empty for the baseline
  Space space;       ///< of the study's points
  Interval gain;  ///< of the objective, positive is better, over the pages on which the best point
                  ///< was chosen
  std::vector<PageChange> worse;         ///< pages that the best point makes worse, the worst first
  std::optional<Validation> validation;  ///< see Recommendation
  std::optional<std::size_t> unsteady;   ///< see Recommendation
  std::vector<ConstraintReport> constraints;        ///< the study's, for the best point
  std::vector<PoorlyRecognized> poorly_recognized;  ///< for the best point, the worst first
  std::optional<ProxyTrust> trust;                  ///< with the study's engine
  std::optional<OcrTrust> ocr_trust;  ///< of the best point, if no page has ground truth
  std::size_t judged_pages = 0;   ///< number of pages of the gain: with a value before and after
  std::size_t failed_pages = 0;   ///< (trial, page) pairs on which the pipeline could not run
  std::vector<Warning> warnings;  ///< see warnings_of()
};

/// Summarizes trials; the best point is that of the recommended trial. Scores of baseline and best
/// point are those of `confirmations` if it has both. Throws Error(study_error) if the study has no
/// baseline yet.
Summary summarize_trials(const StudyDefinition& definition, const StudyTrials& trials,
                         const Confirmations& confirmations, const Confirmations& validations);

/// The same for a stored study and its trials; also counts the pruned ones.
Summary summarize_study(const Storage& study, const StudyTrials& trials);

/// The best point's result on the validation pages; null if it was not evaluated on them.
const Validation* validation_of_best(const Summary& summary);

/// The numbers of the baseline and the recommended trial of a study that used another engine than
/// Tesseract, as far as `confirmations` does not have them.
std::vector<std::size_t> to_be_confirmed(const StudyDefinition& definition,
                                         const TrialScores& trials,
                                         const Confirmations& confirmations,
                                         const Confirmations& validations = {});

/// The summary as text: several lines, ending with a line end. `has_recipe`: a recipe
/// was found, whatever single pipelines gain.
std::string summary_text(const Summary& summary, bool has_recipe = false);

/// The study's pipeline with the best point's values fixed; the raw pipeline if nothing is better
/// than the baseline.
Pipeline best_pipeline(const StudyDefinition& definition, const Summary& summary);

}  // namespace ocrtune
