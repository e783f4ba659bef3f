#include "ocrtune/report/trial_columns.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {
namespace {

using nlohmann::json;

constexpr int kMeanDigits = 6;
constexpr int kPageDigits = 4;

/// Integers without a fraction, which is shorter.
json shortest(double value) {
  constexpr double kExact = 0x1p53;
  if (value == std::floor(value) && std::abs(value) < kExact)
    return static_cast<std::int64_t>(value);
  return value;
}

json number_json(std::optional<double> value, int digits) {
  return value ? shortest(significant(*value, digits)) : json();
}

/// A real parameter is rounded; all others are integers.
json value_json(const Dimension& dimension, std::optional<double> value) {
  if (!value) return nullptr;
  return shortest(dimension.type == ParameterType::real ? significant(*value, kMeanDigits)
                                                        : *value);
}

/// A column for each parameter of the points of `trials`.
template <typename AnyTrial>
json point_columns(const Space& space, const std::vector<AnyTrial>& trials) {
  json columns = json::array();
  for (const Dimension& dimension : space.dimensions()) {
    json column = json::array();
    for (const AnyTrial& trial : trials)
      column.push_back(value_json(dimension, trial.point.find(dimension.name)));
    columns.push_back(std::move(column));
  }
  return columns;
}

/// True if trials have the score; of times, only measured ones count.
bool is_known(Score objective, const std::vector<MeanScores>& means) {
  return std::ranges::any_of(means, [&](const MeanScores& mean) {
    const std::optional<double> value = mean.find(objective);
    return value && (objective != Score::time || *value > 0);
  });
}

json score_columns(const std::vector<Score>& scores, const std::vector<MeanScores>& means) {
  json columns = json::object();
  for (const Score objective : scores) {
    json column = json::array();
    for (const MeanScores& mean : means)
      column.push_back(number_json(mean.find(objective), kMeanDigits));
    columns[std::string(score_name(objective))] = std::move(column);
  }
  return columns;
}

json page_columns(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  json columns = json::array();
  for (std::size_t page = 0; page < definition.pages.size(); ++page) {
    json column = json::array();
    for (const Trial& trial : trials)
      column.push_back(
          number_json(page_value(trial.pages[page], definition.objective), kPageDigits));
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

double significant(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return value;
  const int places = digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  // Powers of ten up to 22 are exact, so the quotient is the nearest number to the decimal.
  constexpr int kExact = 22;
  if (std::abs(places) > kExact) return value;
  const double power = std::pow(10.0, std::abs(places));
  return places >= 0 ? std::round(value * power) / power : std::round(value / power) * power;
}

void StudySpan::add(const Trial& trial) {
  started_us_ = std::min(started_us_.value_or(trial.started_us), trial.started_us);
  finished_us_ = std::max(finished_us_.value_or(trial.finished_us), trial.finished_us);
}

StudyTimes StudySpan::times() const {
  const auto ms = [](std::int64_t us) { return std::round(static_cast<double>(us) / 1000); };
  return {.started_ms = ms(started_us_.value_or(0)), .finished_ms = ms(finished_us_.value_or(0))};
}

TrialColumns trial_columns(const StudyDefinition& definition, const std::vector<Trial>& trials,
                           double started_ms) {
  std::vector<MeanScores> means;
  means.reserve(trials.size());
  for (const Trial& trial : trials) means.push_back(trial.means());
  TrialColumns result;
  std::ranges::copy_if(all_scores(), std::back_inserter(result.scores),
                       [&](Score objective) { return is_known(objective, means); });
  const auto since = [&](std::int64_t us) {
    return shortest(std::round(static_cast<double>(us) / 1000 - started_ms));
  };
  json numbers = json::array();
  json started = json::array();
  json finished = json::array();
  json failed = json::array();
  for (const Trial& trial : trials) {
    numbers.push_back(trial.number);
    started.push_back(since(trial.started_us));
    finished.push_back(since(trial.finished_us));
    failed.push_back(std::ranges::count_if(
        trial.pages, [](const PageResult& page) { return !page.failure.empty(); }));
  }
  result.trials = {{"number", std::move(numbers)},
                   {"started", std::move(started)},
                   {"finished", std::move(finished)},
                   {"values", point_columns(space_of(definition), trials)},
                   {"scores", score_columns(result.scores, means)},
                   {"page_values", page_columns(definition, trials)},
                   {"failed_pages", std::move(failed)}};
  return result;
}

json pruned_columns(const StudyDefinition& definition, const std::vector<Trial>& trials,
                    const std::vector<PrunedTrial>& pruned) {
  json numbers = json::array();
  json pages = json::array();
  json values = json::array();
  json baselines = json::array();
  for (const PrunedTrial& trial : pruned) {
    std::vector<PageResult> before;
    if (!trials.empty()) {
      for (const std::size_t page : trial.pages) before.push_back(trials.front().pages[page]);
    }
    const auto mean = [&](const std::vector<PageResult>& results) {
      return results.empty() ? json()
                             : number_json(mean_score(results, definition.objective), kMeanDigits);
    };
    numbers.push_back(trial.number);
    pages.push_back(trial.pages.size());
    values.push_back(mean(trial.results));
    baselines.push_back(mean(before));
  }
  return {{"number", std::move(numbers)},
          {"pages", std::move(pages)},
          {"values", point_columns(space_of(definition), pruned)},
          {"value", std::move(values)},
          {"baseline", std::move(baselines)}};
}

}  // namespace ocrtune
