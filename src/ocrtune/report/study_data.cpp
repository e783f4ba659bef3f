#include "ocrtune/report/study_data.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/report/importance.h"
#include "ocrtune/report/json_parts.h"
#include "ocrtune/report/pareto_front.h"
#include "ocrtune/report/results_json.h"
#include "ocrtune/report/timings.h"
#include "ocrtune/report/trial_columns.h"

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
  const StudyTimes times = times_of(findings.trials);
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

/// As in `show --json`, except that the confirmation's state is one word.
json summary_part(const Summary& summary) {
  json result = summary_json(summary);
  auto state = result["confirmation"].get<std::string>();
  std::ranges::replace(state, ' ', '_');
  result["confirmation"] = state;
  return result;
}

/// Loading millions of steps takes seconds. Beyond so many OCR steps, the timings without steps are
/// used: all except the first, which is the total.
json timings_part(const Storage& study, const StudyFindings& findings) {
  constexpr std::size_t kMostReadings = 50'000;
  const bool with_steps =
      findings.trials.size() * findings.definition.pages.size() <= kMostReadings;
  const StepTable steps = with_steps ? StepTable(study) : StepTable();
  TimingSummary summary = summarize_timings(findings.definition, findings.trials, steps);
  if (!with_steps) summary.steps.assign(summary.columns.begin() + 1, summary.columns.end());
  return timings_json(summary);
}

json front_json(const StudyFindings& findings) {
  json numbers = json::array();
  if (findings.definition.search.more_objectives.empty()) return numbers;
  const ParetoFront front = pareto_front(findings.definition, findings.trials);
  for (const ParetoFront::Entry& entry : front.entries) numbers.push_back(entry.number);
  return numbers;
}

json choice_json(const PageChoice& choice) {
  if (choice.numbers.empty()) return nullptr;
  return {{"numbers", choice.numbers},
          {"pages", choice.pages},
          {"pipelines_per_page", choice.readings},
          {"gain", choice.gain ? interval_json(*choice.gain) : json()}};
}

json pipelines_json(const StudyFindings& findings) {
  const StudyDefinition& definition = findings.definition;
  json portfolio;
  if (findings.choice.numbers.size() > 1)
    portfolio = portfolio_text(portfolio_of(definition, findings.trials, findings.choice));
  return {{"best", pipeline_text(best_pipeline(definition, findings.summary))},
          {"portfolio", portfolio},
          {"searched", definition.pipeline}};
}

}  // namespace

StudyFindings study_findings(const Storage& study) {
  StudyFindings findings{.definition = study.definition(),
                         .trials = study.trials(),
                         .pruned = study.pruned(),
                         .validations = study.validations(),
                         .summary = {},
                         .choice = {}};
  findings.summary =
      summarize(findings.definition, findings.trials, study.confirmations(), findings.validations);
  findings.choice = choose_by_page(findings.definition, findings.trials, findings.validations);
  return findings;
}

json study_data(const Storage& study, const StudyFindings& findings, const std::string& name) {
  const StudyDefinition& definition = findings.definition;
  const std::vector<Trial>& trials = findings.trials;
  const TrialColumns columns = trial_columns(definition, trials);
  const std::optional<Importance> matters = importance(definition, trials);
  return {{"format", 1},
          {"study", study_json(findings, name)},
          {"objectives", scores_list(objectives_of(definition))},
          {"scores", scores_list(columns.scores)},
          {"parameters", parameters_json(definition)},
          {"pages", pages_json(definition.pages)},
          {"held_out", pages_json(definition.held_out)},
          {"trials", columns.trials},
          {"pruned", pruned_columns(definition, trials, findings.pruned)},
          {"summary", summary_part(findings.summary)},
          {"importance", matters ? importance_json(*matters) : json()},
          {"front", front_json(findings)},
          {"timings", timings_part(study, findings)},
          {"page_choice", choice_json(findings.choice)},
          {"pipelines", pipelines_json(findings)},
          {"pictures", json::array()},
          {"pictures_missing", nullptr}};
}

std::string study_data_text(const json& data) {
  return data.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string study_data_text(const Storage& study, const std::string& name) {
  return study_data_text(study_data(study, study_findings(study), name));
}

}  // namespace ocrtune
