#include "ocrtune/metrics/score_values.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace ocrtune {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

ScoreValues::ScoreValues(std::initializer_list<std::pair<Score, std::optional<double>>> values) {
  for (const auto& [score, value] : values) set(score, value);
}

std::optional<double> ScoreValues::find(Score score) const {
  const auto place = static_cast<std::size_t>(score);
  if (place >= values_.size() || std::isnan(values_[place])) return std::nullopt;
  return values_[place];
}

double ScoreValues::value(Score score) const { return find(score).value_or(worst_value(score)); }

void ScoreValues::set(Score score, std::optional<double> value) {
  const auto place = static_cast<std::size_t>(score);
  if (place >= values_.size()) {
    if (!value) return;
    values_.resize(std::max(place + 1, all_scores().size()), kNone);
  }
  values_[place] = value.value_or(kNone);
}

bool ScoreValues::operator==(const ScoreValues& other) const {
  return std::ranges::all_of(all_scores(),
                             [&](Score score) { return find(score) == other.find(score); });
}

bool same_results(const PageScores& stored, const PageScores& now) {
  return std::ranges::all_of(all_scores(), [&](Score score) {
    const std::optional<double> before = stored.find(score);
    return !before || declaration_of(score).of_clock || before == now.find(score);
  });
}

}  // namespace ocrtune
