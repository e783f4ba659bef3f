#include "ocrtune/analysis/stage_measurements.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/stage_run.h"

namespace ocrtune {
namespace {

/// More pages are left to the CSV file and JSON.
constexpr std::size_t kShownPages = 20;
/// A measurement with more values is a range of numbers, not a choice.
constexpr std::size_t kMaxChoices = 4;

std::string number_text(double value) { return localized("{:.6g}", value); }

/// "15 on 6 pages, 21 on 2 pages", or "34.1 to 250.9".
std::string spread_text(const std::map<double, std::size_t>& pages_by_value) {
  if (pages_by_value.size() > kMaxChoices) {
    return tr("{} to {}", number_text(pages_by_value.begin()->first),
              number_text(pages_by_value.rbegin()->first));
  }
  std::vector<std::string> values;
  values.reserve(pages_by_value.size());
  for (const auto& [value, pages] : pages_by_value)
    values.push_back(tr("{} on {}", number_text(value), counted(pages, "page")));
  return joined(values, ", ");
}

}  // namespace

std::vector<std::string> measurement_names(const Pipeline& pipeline) {
  std::vector<std::string> names;
  for (const StageUse& use : pipeline.stages()) {
    if (use.stage->measured.empty() || (!use.on && !use.optional)) continue;
    const std::string step = step_name_of(use) + ".";
    names.push_back(step + use.stage->measured);
    for (const std::string& chosen : use.stage->chosen) names.push_back(step + chosen);
  }
  return names;
}

std::vector<StageMeasurement> measurements_of(const Pipeline& pipeline,
                                              const std::vector<StepTiming>& steps) {
  std::vector<StageMeasurement> measurements;
  for (const StageUse& use : pipeline.stages()) {
    const std::string name = step_name_of(use);
    const auto step = std::ranges::find(steps, name, &StepTiming::name);
    if (!use.on || use.stage->measured.empty() || step == steps.end() || !step->measured) continue;
    measurements.push_back({fmt::format("{}.{}", name, use.stage->measured), *step->measured});
    const Values values = resolved(*use.stage, values_of(use), *step->measured);
    for (const auto& [chosen, value] : values.all()) {
      if (std::ranges::find(use.stage->chosen, chosen) != use.stage->chosen.end())
        measurements.push_back({fmt::format("{}.{}", name, chosen), value});
    }
  }
  return measurements;
}

nlohmann::json measurements_json(const std::vector<StageMeasurement>& measurements) {
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [name, value] : measurements) object[name] = value;
  return object;
}

TrialMeasurements measurements_of_best(const Storage& study, const TrialScores& trials,
                                       std::size_t best) {
  const StudyDefinition& definition = study.definition();
  const Pipeline pipeline = pipeline_of(definition);
  if (measurement_names(pipeline).empty()) return {};
  if (best == 0) {
    const std::vector<std::size_t> order = best_first(trials, definition.objective);
    const auto point = std::ranges::find_if(
        order, [&](std::size_t index) { return trials.numbers()[index] != 0; });
    if (point != order.end()) best = trials.numbers()[*point];
  }
  TrialMeasurements found{.number = best, .pages = {}};
  const std::optional<Trial> trial = best == 0 ? std::nullopt : study.trial(best, TrialSteps::read);
  if (!trial) return found;
  const Pipeline fixed = pipeline.at(trial->point);
  for (std::size_t page = 0; page < trial->pages.size(); ++page) {
    auto measurements = measurements_of(fixed, trial->pages[page].timings.steps);
    if (measurements.empty()) continue;
    found.pages.push_back({definition.pages[page].name, std::move(measurements)});
  }
  return found;
}

std::string measurements_text(const TrialMeasurements& measurements) {
  if (measurements.pages.empty()) return "";
  std::map<std::string, std::map<double, std::size_t>> by_name;
  std::vector<std::string> names;
  for (const auto& [page, of_page] : measurements.pages) {
    for (const auto& [name, value] : of_page) {
      if (!by_name.contains(name)) names.push_back(name);
      ++by_name[name][value];
    }
  }
  std::string text = tr("measured by the stages of #{}:\n", measurements.number);
  for (const std::string& name : names)
    text += fmt::format("  {}  {}\n", name, spread_text(by_name[name]));
  if (measurements.pages.size() > kShownPages) return text;
  for (const auto& [page, of_page] : measurements.pages) {
    std::vector<std::string> values;
    values.reserve(of_page.size());
    for (const auto& [name, value] : of_page)
      values.push_back(fmt::format("{} {}", name, number_text(value)));
    text += fmt::format("    {}: {}\n", page, joined(values, ", "));
  }
  return text;
}

nlohmann::json measurements_json(const TrialMeasurements& measurements) {
  nlohmann::json pages = nlohmann::json::array();
  for (const auto& [page, of_page] : measurements.pages)
    pages.push_back({{"page", page}, {"measured", measurements_json(of_page)}});
  return {{"trial", measurements.number}, {"pages", std::move(pages)}};
}

}  // namespace ocrtune
