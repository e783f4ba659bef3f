#include "ocrtune/report/study_data.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/pareto_front.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/error.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/report/shown_trials.h"

namespace ocrtune {
namespace {

using nlohmann::json;

json scores_list(const std::vector<Score>& objectives) {
  json list = json::array();
  for (const Score objective : objectives) list.push_back(score_json(objective));
  return list;
}

json study_json(const StudyFindings& findings, const std::string& name) {
  const StudyDefinition& definition = findings.definition;
  json constraints = json::array();
  for (const Constraint& constraint : definition.search.constraints)
    constraints.push_back(constraint_text(constraint));
  const StudyTimes& times = findings.times;
  return {{"name", name},
          {"program", definition.program},
          {"engine", definition.engine},
          {"reference_engine", definition.search.reference_engine},
          {"models", definition.models},
          {"lang", definition.lang},
          {"psm", definition.psm},
          {"oem", definition.oem},
          {"seed", definition.seed},
          {"sampler", definition.search.sampler},
          {"pruner", definition.search.pruner},
          {"pipeline_name", pipeline_of(definition).name()},
          {"first_points", definition.search.first.size()},
          {"constraints", constraints},
          {"started_ms", times.started_ms},
          {"finished_ms", times.finished_ms}};
}

/// The stage or slot of a free parameter, or "ocr".
std::string owner_of(const Pipeline& pipeline, const std::string& parameter) {
  for (const StageUse& use : pipeline.stages()) {
    const bool setting = std::ranges::any_of(
        use.settings, [&](const Setting& one) { return one.name == parameter; });
    if (setting || (use.slot.empty() && use.switch_name == parameter)) return use.stage->name;
  }
  for (const OcrUse& use : pipeline.ocr()) {
    if (use.name == parameter || use.switch_name == parameter) return "ocr";
  }
  return parameter;
}

json parameters_json(const StudyDefinition& definition) {
  const Pipeline pipeline = pipeline_of(definition);
  json list = json::array();
  const Space space = pipeline.space();
  for (const Dimension& dimension : space.dimensions()) {
    const Parameter parameter = pipeline.parameter_of(dimension.name);
    list.push_back({{"name", dimension.name},
                    {"type", type_word(dimension.type)},
                    {"low", dimension.low},
                    {"high", dimension.high},
                    {"initial", dimension.initial},
                    {"log", dimension.log},
                    {"choices", dimension.choices},
                    {"unit", parameter.unit},
                    {"help", parameter.help},
                    {"stage", owner_of(pipeline, dimension.name)},
                    {"active_if", dimension.active_if},
                    {"active_values", dimension.active_values}});
  }
  return list;
}

json pages_json(const std::vector<PageRecord>& pages) {
  json list = json::array();
  for (const PageRecord& page : pages) {
    json labels = json::object();
    for (const auto& [label, value] : page.labels) labels[label] = value;
    list.push_back({{"name", page.name},
                    {"width", page.width},
                    {"height", page.height},
                    {"lang", page.lang},
                    {"truth", !page.truth.empty()},
                    {"labels", labels}});
  }
  return list;
}

json pipelines_json(const StudyFindings& findings) {
  const StudyDefinition& definition = findings.definition;
  return {{"best", pipeline_text(best_pipeline(definition, findings.summary))},
          {"searched", definition.pipeline}};
}

/// At most `most` pruned trials, evenly by their places.
std::vector<PrunedTrial> thinned(std::vector<PrunedTrial> pruned, std::size_t most) {
  if (pruned.size() <= most) return pruned;
  std::vector<PrunedTrial> left;
  for (std::size_t i = 0; i < most; ++i)
    left.push_back(std::move(pruned[i * pruned.size() / most]));
  return left;
}

/// Loading millions of steps takes seconds. Beyond so many OCR steps, the timings without steps are
/// used.
TimingSummary timings_of(const Storage& study, const StudyFindings& findings,
                         TimingColumns columns) {
  constexpr std::size_t kMaxOcrResults = 50'000;
  const bool all = findings.trials.size() == findings.trial_count;
  if (!all || findings.trial_count * findings.definition.pages.size() > kMaxOcrResults)
    return summarize_timings(findings.definition, std::move(columns));
  return summarize_timings(findings.definition, findings.trials, StepTable(study));
}

/// The front's numbers, and at most `most` of its trials among those that are shown.
std::vector<std::size_t> front_of(const StudyDefinition& definition, const StudyTrials& trials,
                                  std::size_t most, ShownTrials& shown) {
  std::vector<std::size_t> numbers;
  if (definition.search.more_objectives.empty()) return numbers;
  for (const std::size_t number : front_numbers(definition, trials.scores)) {
    numbers.push_back(number);
    if (numbers.size() <= most && !shown.has(number)) shown.require(trials.at(number));
  }
  return numbers;
}

}  // namespace

StudyFindings study_findings(const Storage& study, std::size_t max_shown) {
  const StudyDefinition& definition = study.definition();
  StudyFindings findings{.definition = definition, .validations = study.validations()};
  ShownTrials shown(definition, std::max<std::size_t>(1, study.counts().finished), max_shown);
  TimingColumns timings;
  StudySpan span;
  CorrelationColumns columns(definition);
  std::vector<Trial> first;
  const StudyTrials trials = study_trials(study, [&](const Trial& trial) {
    shown.add(trial);
    timings.add(trial);
    span.add(trial);
    columns.add(trial);
    if (is_for_importance(definition, trial)) first.push_back(trial);
  });
  findings.trial_count = trials.scores.size();
  findings.times = span.times();
  findings.summary =
      summarize_trials(definition, trials, study.confirmations(), findings.validations);
  findings.verdict = verdict_of(study);
  findings.importance = importance(definition, first);
  findings.correlations = columns.correlations();
  findings.front = front_of(definition, trials, max_shown / 4, shown);
  if (const std::size_t best = findings.summary.best_number; !shown.has(best))
    shown.require(trials.at(best));
  findings.trials = std::move(shown).chosen();
  std::erase_if(findings.front, [&](std::size_t number) {
    return !std::ranges::binary_search(findings.trials, number, {}, &Trial::number);
  });
  findings.timings = timings_of(study, findings, std::move(timings));
  findings.pruned = study.pruned();
  findings.pruned_count = findings.pruned.size();
  findings.pruned = thinned(std::move(findings.pruned), max_shown);
  return findings;
}

json study_data(const StudyFindings& findings, const std::string& name) {
  const StudyDefinition& definition = findings.definition;
  const TrialColumns columns =
      trial_columns(definition, findings.trials, findings.times.started_ms);
  return {
      {"format", 1},
      {"study", study_json(findings, name)},
      {"objectives", scores_list(objectives_of(definition))},
      {"scores", scores_list(columns.scores)},
      {"parameters", parameters_json(definition)},
      {"pages", pages_json(definition.pages)},
      {"held_out", pages_json(definition.held_out)},
      {"trials", columns.trials},
      {"trial_count", findings.trial_count},
      {"pruned", pruned_columns(definition, findings.trials, findings.pruned)},
      {"pruned_count", findings.pruned_count},
      {"summary", summary_json(findings.summary)},
      {"importance", findings.importance ? importance_json(*findings.importance) : json()},
      {"correlations", findings.correlations ? correlations_json(*findings.correlations) : json()},
      {"front", findings.front},
      {"timings", timings_json(findings.timings)},
      {"verdict", findings.verdict ? verdict_page_json(*findings.verdict) : json()},
      {"pipelines", pipelines_json(findings)},
      {"pictures", json::array()},
      {"pictures_missing", nullptr}};
}

std::string study_data_text(const json& data) {
  return data.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string study_data_text(const Storage& study, const std::string& name) {
  return study_data_text(study_data(study_findings(study), name));
}

}  // namespace ocrtune
