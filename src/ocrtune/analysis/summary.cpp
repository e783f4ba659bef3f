#include "ocrtune/analysis/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/scores_json.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {
namespace {

using nlohmann::json;

void compare_pages(const StudyDefinition& definition, const Trial& baseline, const Trial& best,
                   Summary& summary) {
  std::vector<double> gains;
  for (std::size_t page = 0; page < baseline.pages.size(); ++page) {
    const PageResult& before = baseline.pages[page];
    const PageResult& after = best.pages[page];
    const auto gain = page_gain(before, after, summary.objective);
    if (!gain) continue;
    gains.push_back(*gain);
    if (*gain >= 0) continue;
    summary.worse.push_back({.name = definition.pages[page].name,
                             .baseline = *page_value(before, summary.objective),
                             .best = *page_value(after, summary.objective)});
  }
  summary.judged_pages = gains.size();
  summary.gain = paired_bootstrap(gains, {}, definition.seed);
  std::ranges::stable_sort(summary.worse, std::ranges::greater(), [](const PageChange& change) {
    return std::abs(change.best - change.baseline);
  });
}

std::vector<PoorlyRecognized> poorly_recognized(const StudyDefinition& definition,
                                                const Trial& trial) {
  constexpr double kHardly = 45;
  constexpr double kHalf = 0.5;
  std::vector<PoorlyRecognized> found;
  for (std::size_t page = 0; page < trial.pages.size(); ++page) {
    const PageScores& scores = trial.pages[page].scores;
    const std::optional<double> confidence = scores.find(Score::char_confidence);
    const std::optional<double> coverage = scores.find(Score::coverage);
    if (!confidence) continue;
    if (*confidence < kHardly || coverage.value_or(1) < kHalf)
      found.push_back({.name = definition.pages[page].name,
                       .char_confidence = *confidence,
                       .coverage = coverage});
  }
  std::ranges::stable_sort(found, {}, &PoorlyRecognized::char_confidence);
  return found;
}

/// The trial with the scores of the reference engine, and its own time, because the study's engine
/// is the one that is tuned.
Trial with_scores(Trial trial, const std::vector<PageScores>& scores) {
  for (std::size_t page = 0; page < std::min(trial.pages.size(), scores.size()); ++page) {
    PageScores& replaced = trial.pages[page].scores;
    const std::optional<double> time = replaced.find(Score::time);
    replaced = scores[page];
    replaced.set(Score::time, time);
  }
  return trial;
}

/// Replaces the engine's scores by the reference engine's.
void confirm(const StudyDefinition& definition, const Confirmations& confirmations, Trial& baseline,
             Trial& best, Summary& summary) {
  const auto first = confirmations.find(baseline.number);
  const auto second = confirmations.find(best.number);
  if (first == confirmations.end() || second == confirmations.end()) {
    summary.confirmation = Confirmation::missing;
    return;
  }
  summary.confirmation = Confirmation::given;
  baseline = with_scores(std::move(baseline), first->second);
  best = with_scores(std::move(best), second->second);
  const bool better =
      is_better(summary.objective, best.mean(summary.objective), baseline.mean(summary.objective));
  const bool kept = violation(definition.search.constraints, best.pages, baseline.pages) == 0;
  if (best.number == 0 || (better && kept)) return;
  summary.confirmation = Confirmation::refused;
  best = baseline;
}

std::string_view confirmation_name(Confirmation confirmation) {
  switch (confirmation) {
    case Confirmation::not_needed:
      return "not needed";
    case Confirmation::missing:
      return "missing";
    case Confirmation::refused:
      return "refused";
    default:
      return "given";
  }
}

}  // namespace

std::vector<std::size_t> to_be_confirmed(const StudyDefinition& definition,
                                         const TrialScores& trials,
                                         const Confirmations& confirmations,
                                         const Confirmations& validations) {
  if (!repeats_reference(definition.engine) || trials.empty()) return {};
  std::vector<std::size_t> missing;
  for (const std::size_t number :
       std::set<std::size_t>{0, recommend(definition, trials, validations).number}) {
    if (!confirmations.contains(number)) missing.push_back(number);
  }
  return missing;
}

const Validation* validation_of_best(const Summary& summary) {
  const std::optional<Validation>& found = summary.validation;
  return found && found->number == summary.best_number ? &*found : nullptr;
}

Summary summarize_study(const Storage& study, const StudyTrials& trials) {
  Summary summary =
      summarize_trials(study.definition(), trials, study.confirmations(), study.validations());
  summary.pruned = study.counts().pruned;
  return summary;
}

Summary summarize_trials(const StudyDefinition& definition, const StudyTrials& trials,
                         const Confirmations& confirmations, const Confirmations& validations) {
  const TrialScores& scores = trials.scores;
  if (!scores.has_baseline()) {
    throw Error(Errc::study_error, tr("the baseline of the study is not finished yet; rerun the "
                                      "command that created the study to resume"));
  }
  const Recommendation recommended = recommend(definition, scores, validations);
  Trial baseline = trials.at(0);
  Trial best = trials.at(recommended.number);
  Summary summary;
  summary.objective = definition.objective;
  summary.points = scores.size() - 1;
  summary.engine = definition.engine;
  summary.found_number = best.number;
  summary.found_baseline = baseline.means();
  summary.found_best = best.means();
  if (repeats_reference(definition.engine))
    confirm(definition, confirmations, baseline, best, summary);
  summary.baseline = baseline.means();
  summary.best_number = best.number;
  summary.best = best.means();
  summary.best_point = best.point;
  summary.space = space_of(definition);
  summary.failed_pages = scores.failed_pages();
  summary.validation = recommended.validation;
  summary.unsteady = recommended.unsteady;
  summary.trust = proxy_trust(definition, scores);
  summary.ocr_trust = ocr_trust(definition, scores, validations, best.number);
  compare_pages(definition, baseline, best, summary);
  summary.constraints =
      constraint_reports(definition, definition.pages, best.pages, baseline.pages);
  summary.poorly_recognized = poorly_recognized(definition, best);
  summary.warnings = warnings_of(summary);
  return summary;
}

namespace {

json constraints_json(const std::vector<ConstraintReport>& reports) {
  json list = json::array();
  for (const ConstraintReport& report : reports) {
    json entry{{"constraint", constraint_text(report.constraint)},
               {"kept", report.violation == 0},
               {"value", report.value / shown_scale(report.constraint.score)}};
    if (!report.page.empty()) entry["page"] = report.page;
    list.push_back(entry);
  }
  return list;
}

json validation_json(const std::optional<Validation>& validation) {
  if (!validation) return {};
  return {{"trial", validation->number},
          {"pages", validation->pages},
          {"baseline", scores_json(validation->baseline)},
          {"scores", scores_json(validation->scores)},
          {"gain", interval_json(validation->gain)},
          {"constraints", constraints_json(validation->constraints)}};
}

}  // namespace

json summary_json(const Summary& summary) {
  json worse = json::array();
  for (const PageChange& change : summary.worse) {
    worse.push_back({{"page", change.name}, {"baseline", change.baseline}, {"best", change.best}});
  }
  json hardly = json::array();
  for (const PoorlyRecognized& page : summary.poorly_recognized)
    hardly.push_back({{"page", page.name},
                      {"char_confidence", page.char_confidence},
                      {"coverage", page.coverage ? json(*page.coverage) : json()}});
  json trust;
  if (summary.trust) {
    trust = {{"pages", summary.trust->pages},
             {"spearman", summary.trust->spearman},
             {"fewest_errors",
              {{"trial", summary.trust->fewest}, {"cer", summary.trust->fewest_errors}}}};
  }
  return {{"objective", score_name(summary.objective)},
          {"points", summary.points},
          {"engine", summary.engine},
          {"confirmation", confirmation_name(summary.confirmation)},
          {"found",
           {{"trial", summary.found_number},
            {"baseline", scores_json(summary.found_baseline)},
            {"best", scores_json(summary.found_best)}}},
          {"pages", summary.judged_pages},
          {"baseline", scores_json(summary.baseline)},
          {"best",
           {{"trial", summary.best_number},
            {"params", point_json(summary.space, summary.best_point)},
            {"scores", scores_json(summary.best)}}},
          {"gain", interval_json(summary.gain)},
          {"held_out", validation_json(summary.validation)},
          {"unsteady", summary.unsteady ? json(*summary.unsteady) : json()},
          {"constraints", constraints_json(summary.constraints)},
          {"worse_pages", worse},
          {"poorly_recognized_pages", hardly},
          {"trust", trust},
          {"ocr_trust", summary.ocr_trust ? ocr_trust_json(*summary.ocr_trust) : json()},
          {"failed_pages", summary.failed_pages},
          {"warnings", warnings_json(summary.warnings)}};
}

Pipeline best_pipeline(const StudyDefinition& definition, const Summary& summary) {
  if (summary.best_number == 0) return raw_pipeline();
  return pipeline_of(definition).at(summary.best_point);
}

}  // namespace ocrtune
