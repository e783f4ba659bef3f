#pragma once

#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/metrics/score.h"

namespace ocrtune {

/// Values of scores: of one page, or means over pages.
class ScoreValues {
 public:
  /// Of no score.
  ScoreValues() = default;
  /// As set() for each pair, in their order.
  ScoreValues(std::initializer_list<std::pair<Score, std::optional<double>>> values);

  /// The value, where there is one.
  [[nodiscard]] std::optional<double> find(Score score) const;

  /// The value; worst_value() where there is none.
  [[nodiscard]] double value(Score score) const;

  /// Nothing, and what is no number, takes the value away.
  void set(Score score, std::optional<double> value);

  /// The same scores with the same values; times are compared too, other than by same_results().
  bool operator==(const ScoreValues& other) const;

 private:
  std::vector<double> values_;  ///< by score; NaN and beyond the end: none
};

/// What one pipeline gave on one page.
using PageScores = ScoreValues;

/// Means over pages, of each score over those that have it.
using MeanScores = ScoreValues;

/// True where `now` has every score that `stored` has, bit for bit, but for times; a study that was
/// begun before a score was declared lacks it.
bool same_results(const PageScores& stored, const PageScores& now);

}  // namespace ocrtune
