#include "ocrtune/storage/score_columns.h"

#include <fmt/format.h>

#include "ocrtune/storage/own_schema.h"

namespace ocrtune {

ScoreColumns::ScoreColumns(SqlDatabase& database, const std::string& table)
    : scores_(scores_in(database, table)) {}

std::string ScoreColumns::names() const {
  std::string names;
  for (const Score score : scores_) names += fmt::format(R"(, "{}")", score_name(score));
  return names;
}

std::string ScoreColumns::placeholders() const {
  std::string text;
  for (std::size_t i = 0; i < scores_.size(); ++i) text += ", ?";
  return text;
}

void ScoreColumns::bind(SqlStatement& statement, int first, const PageScores& scores) const {
  for (int place = first; const Score score : scores_) {
    const std::optional<double> value = scores.find(score);
    if (value) {
      statement.bind(place, *value);
    } else {
      statement.bind_null(place);
    }
    ++place;
  }
}

PageScores ScoreColumns::read(SqlStatement& query, int first) const {
  PageScores scores;
  for (int place = first; const Score score : scores_) {
    if (!query.is_null(place)) scores.set(score, query.real(place));
    ++place;
  }
  return scores;
}

void bind_times(SqlStatement& statement, int first, const PageResult& page) {
  const PageTimings& timings = page.timings;
  statement.bind(first, timings.started_us);
  int place = first + 1;
  for (const double ms : {timings.total_ms, timings.preprocess_ms, timings.ocr_ms})
    statement.bind(place++, ms);
  statement.bind(place, page.failure);
}

PageResult result_at(SqlStatement& query, int first, const ScoreColumns& scores) {
  const auto real = [&](int column) { return query.real(first + column); };
  return {.scores = scores.read(query, first + kTimeColumnCount),
          .timings = {.started_us = query.integer(first),
                      .total_ms = real(1),
                      .preprocess_ms = real(2),
                      .ocr_ms = real(3)},
          .failure = query.text(first + 4)};
}

std::string placeholders(int count) {
  std::string text = "?";
  for (int i = 1; i < count; ++i) text += ", ?";
  return text;
}

}  // namespace ocrtune
