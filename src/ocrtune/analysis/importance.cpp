#include "ocrtune/analysis/importance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/search/samplers/sobol.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// Below this share of explained variance, a ranking is unreliable.
constexpr double kWorthRanking = 0.3;

/// Smaller shares are shown as none.
constexpr double kSmallestShare = 0.005;

/// The number of a parameter's values; 0: so many that it is treated as continuous.
int levels_of(const Dimension& dimension) {
  constexpr std::uint64_t kMany = 50;
  const std::uint64_t count = value_count(dimension);
  return count > 1 && count <= kMany ? static_cast<int>(count) : 0;
}

std::string share(const Interval& interval, bool with_interval) {
  if (!with_interval) return tr("{:3.0f} %", 100 * interval.mean);
  return tr("{:3.0f} % ({:3.0f} to {:3.0f})", 100 * interval.mean, 100 * interval.low,
            100 * interval.high);
}

}  // namespace

bool Importance::has_intervals() const {
  const auto explaining = std::ranges::count_if(parameters, [](const Parameter& parameter) {
    return parameter.index.total.mean >= kSmallestShare;
  });
  return points >= kIntervalPoints && explaining > 1;
}

std::optional<Importance> importance(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials) {
  if (definition.search.sampler != kDesign || trials.size() < kImportancePoints + 1)
    return std::nullopt;
  const Space space = space_of(definition);
  const std::vector<double> design =
      sobol_points(space.size(), kMaxImportancePoints, definition.seed);
  std::vector<double> coordinates;
  std::vector<double> results;
  for (const Trial& trial : trials) {
    if (trial.number == 0 || trial.number > kMaxImportancePoints) continue;
    const auto unit = std::span(design).subspan((trial.number - 1) * space.size(), space.size());
    if (space.at(unit) != trial.point) return std::nullopt;
    coordinates.insert(coordinates.end(), unit.begin(), unit.end());
    results.push_back(trial.mean(definition.objective));
  }
  std::vector<int> levels;
  for (const Dimension& dimension : space.dimensions()) levels.push_back(levels_of(dimension));
  const SobolIndices indices = sobol_indices(coordinates, levels, results, definition.seed);
  Importance found{.points = results.size(), .explained = indices.explained, .parameters = {}};
  for (std::size_t i = 0; i < space.size(); ++i)
    found.parameters.push_back({space.dimensions()[i].name, indices.variables[i]});
  std::ranges::stable_sort(found.parameters, std::ranges::greater(),
                           [](const auto& parameter) { return parameter.index.total.mean; });
  return found;
}

bool is_for_importance(const StudyDefinition& definition, const Trial& trial) {
  return definition.search.sampler == kDesign && trial.number <= kMaxImportancePoints;
}

std::string importance_text(const Importance& importance) {
  std::string text =
      tr("importance (Sobol indices of {} points, which explain {:.0f} % of the variance):\n",
         importance.points, 100 * importance.explained);
  if (importance.explained < kWorthRanking) {
    return text + tr("  not enough data to rank the parameters; use more points or pages\n");
  }
  text +=
      fmt::format("  {:<18} {:<20} {}\n", tr("parameter"), tr("alone"), tr("with interactions"));
  for (const Importance::Parameter& parameter : importance.parameters) {
    text += fmt::format("  {:<18} {:<20} {}\n", parameter.name,
                        share(parameter.index.first, importance.has_intervals()),
                        share(parameter.index.total, importance.has_intervals()));
  }
  if (importance.points < kIntervalPoints)
    text +=
        tr("  too few points for confidence intervals: they need {} or more\n", kIntervalPoints);
  else if (!importance.has_intervals())
    text += tr("  no confidence intervals: one parameter alone explains anything\n");
  return text;
}

json importance_json(const Importance& importance) {
  const auto share_json = [&](const Interval& share) {
    if (importance.has_intervals()) return interval_json(share);
    return json{{"mean", share.mean}, {"low", nullptr}, {"high", nullptr}};
  };
  json parameters = json::array();
  for (const Importance::Parameter& parameter : importance.parameters) {
    parameters.push_back({{"name", parameter.name},
                          {"first_order", share_json(parameter.index.first)},
                          {"total_order", share_json(parameter.index.total)}});
  }
  return {{"points", importance.points},
          {"explained", importance.explained},
          {"interval_points", kIntervalPoints},
          {"parameters", parameters}};
}

}  // namespace ocrtune
