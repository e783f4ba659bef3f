#pragma once

#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/metrics/score.h"

namespace ocrtune {

/// Values of scores, of one page or as means over pages.
class ScoreValues {
 public:
  /// No values.
  ScoreValues() = default;
  /// As set() for each pair, in their order.
  ScoreValues(std::initializer_list<std::pair<Score, std::optional<double>>> values);

  /// The value, if there is one.
  [[nodiscard]] std::optional<double> find(Score score) const;

  /// The value, or worst_value() if there is none.
  [[nodiscard]] double value(Score score) const;

  /// An empty value or NaN removes the score.
  void set(Score score, std::optional<double> value);

  /// Equal scores and values. Times are compared too, unlike in same_results().
  bool operator==(const ScoreValues& other) const;

 private:
  std::vector<double> values_;  ///< by score; NaN or beyond the end: no value
};

/// Scores of one page with one pipeline.
using PageScores = ScoreValues;

/// Means over pages, of each score over the pages that have it.
using MeanScores = ScoreValues;

/// True if `now` has every score of `stored` with the same bits, except times. A study that was
/// created before a score was declared does not have that score.
bool same_results(const PageScores& stored, const PageScores& now);

}  // namespace ocrtune
