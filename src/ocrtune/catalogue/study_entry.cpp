#include "ocrtune/catalogue/study_entry.h"

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/catalogue/returned_memory.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// Gain of the recommendation; on the validation pages if it was evaluated on them.
Interval best_gain(const Summary& summary) {
  const Validation* held_out = validation_of_best(summary);
  return held_out != nullptr ? held_out->gain : summary.gain;
}

}  // namespace

json empty_entry(const std::string& id, const std::string& name) {
  return {{"id", id},
          {"name", name},
          {"file", nullptr},
          {"address", nullptr},
          {"bytes", 0},
          {"modified_ms", 0},
          {"objective", nullptr},
          {"problem", nullptr},
          {"trials", 0},
          {"pages", 0},
          {"held_out", 0},
          {"sampler", ""},
          {"baseline", nullptr},
          {"best", nullptr},
          {"best_number", nullptr},
          {"gain", nullptr},
          {"cer", nullptr},
          {"running", false}};
}

void add_definition(json& entry, const StudyDefinition& definition) {
  entry["objective"] = score_name(definition.objective);
  entry["pages"] = definition.pages.size();
  entry["held_out"] = definition.held_out.size();
  entry["sampler"] = definition.search.sampler;
}

json live_results(const BestSoFar& so_far) {
  return {{"trials", so_far.done},
          {"baseline", or_null(so_far.baseline)},
          {"best", or_null(so_far.best)},
          {"best_number", or_null(so_far.best_number)}};
}

/// The CER before and after, if the pages have ground truth.
json errors_of(const Summary& summary) {
  const auto before = summary.baseline.find(Score::cer);
  const auto after = summary.best.find(Score::cer);
  return before && after ? json{{"baseline", *before}, {"best", *after}} : json(nullptr);
}

json whole_results(const Storage& study, const std::function<void()>& at_trial) {
  const TrialCounts counts = study.counts();
  if (counts.finished == 0) return json::object();
  const ReturnedMemory returned;
  const Summary summary =
      summarize_study(study, study_trials(study, [&](const Trial&) { at_trial(); }));
  return {{"trials", counts.finished - 1 + counts.pruned},
          {"baseline", or_null(summary.baseline.find(summary.objective))},
          {"best", or_null(summary.best.find(summary.objective))},
          {"best_number", summary.best_number},
          {"cer", errors_of(summary)},
          {"gain", summary.best_number > 0 ? interval_json(best_gain(summary)) : json(nullptr)}};
}

}  // namespace ocrtune
