#include "ocrtune/analysis/pareto_front.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/analysis/recommendation.h"
#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/csv.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/metrics/pareto.h"

namespace ocrtune {
namespace {

/// Indices of the front's trials, the best by the first objective first.
std::vector<std::size_t> front_indices(const StudyDefinition& definition,
                                       const TrialScores& trials) {
  const std::vector<Score> objectives = objectives_of(definition);
  std::vector<ObjectiveVector> minimized;
  std::vector<std::size_t> allowed;
  for (std::size_t index = 0; index < trials.size(); ++index) {
    if (violation_of(definition, trials, index) > 0) continue;
    ObjectiveVector& values = minimized.emplace_back();
    values.reserve(objectives.size());
    for (const Score objective : objectives)
      values.push_back(to_minimize(objective, trials.mean(index, objective)));
    allowed.push_back(index);
  }
  std::vector<std::size_t> front;
  for (const std::size_t i : nondominated(minimized)) front.push_back(allowed[i]);
  std::ranges::stable_sort(front, [&](std::size_t a, std::size_t b) {
    return is_better(objectives[0], trials.mean(a, objectives[0]), trials.mean(b, objectives[0]));
  });
  return front;
}

}  // namespace

std::vector<std::size_t> front_numbers(const StudyDefinition& definition,
                                       const TrialScores& trials) {
  std::vector<std::size_t> numbers;
  for (const std::size_t index : front_indices(definition, trials))
    numbers.push_back(trials.numbers()[index]);
  return numbers;
}

ParetoFront pareto_front(const StudyDefinition& definition, const StudyTrials& trials) {
  ParetoFront front{
      .objectives = objectives_of(definition), .entries = {}, .space = space_of(definition)};
  for (const std::size_t index : front_indices(definition, trials.scores)) {
    const std::size_t number = trials.scores.numbers()[index];
    ParetoFront::Entry entry{.number = number, .point = trials.at(number).point, .values = {}};
    for (const Score objective : front.objectives)
      entry.values.push_back(trials.scores.mean(index, objective));
    front.entries.push_back(std::move(entry));
  }
  return front;
}

std::string pareto_text(const ParetoFront& front) {
  constexpr std::size_t kIndent = 12;
  std::string text =
      tr("Pareto front, {} nondominated points:\n  {:<8}", front.entries.size(), tr("point"));
  for (const Score objective : front.objectives)
    text += fmt::format(" {:>12}", score_name(objective));
  text += "  " + tr("settings") + "\n";
  for (const ParetoFront::Entry& entry : front.entries) {
    std::string first = fmt::format("  #{:<7}", entry.number);
    for (std::size_t i = 0; i < entry.values.size(); ++i)
      first += localized(" {:>12.2f}", shown_scale(front.objectives[i]) * entry.values[i]);
    std::vector<std::string> settings = front.space.texts_of(entry.point);
    if (entry.number == 0) settings.insert(settings.begin(), "(" + tr("baseline") + ")");
    text += wrapped(first, settings, kIndent);
  }
  return text;
}

nlohmann::json pareto_json(const ParetoFront& front) {
  nlohmann::json list = nlohmann::json::array();
  for (const ParetoFront::Entry& entry : front.entries) {
    nlohmann::json values = nlohmann::json::object();
    for (std::size_t i = 0; i < entry.values.size(); ++i)
      values[std::string(score_name(front.objectives[i]))] = entry.values[i];
    list.push_back({{"trial", entry.number},
                    {"values", values},
                    {"params", point_json(front.space, entry.point)}});
  }
  return list;
}

std::string pareto_csv(const ParetoFront& front) {
  CsvRow header{"trial"};
  for (const Score objective : front.objectives) header.emplace_back(score_name(objective));
  for (const Dimension& dimension : front.space.dimensions()) header.push_back(dimension.name);
  std::string text = csv_line(header);
  for (const ParetoFront::Entry& entry : front.entries) {
    CsvRow row{std::to_string(entry.number)};
    for (const double value : entry.values) row.push_back(csv_number(value));
    for (const Dimension& dimension : front.space.dimensions()) {
      const auto value = entry.point.find(dimension.name);
      row.push_back(value ? value_text(dimension, *value) : "");
    }
    text += csv_line(row);
  }
  return text;
}

}  // namespace ocrtune
