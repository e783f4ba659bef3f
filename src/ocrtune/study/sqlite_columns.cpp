#include "ocrtune/study/sqlite_columns.h"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

#include "ocrtune/study/sqlite_schema.h"

namespace ocrtune {

ScoreColumns::ScoreColumns(SQLite::Database& database, const std::string& table)
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

void ScoreColumns::bind(SQLite::Statement& statement, int first, const PageScores& scores) const {
  for (int place = first; const Score score : scores_) {
    const std::optional<double> value = scores.find(score);
    if (value) {
      statement.bind(place, *value);
    } else {
      statement.bind(place);
    }
    ++place;
  }
}

PageScores ScoreColumns::read(SQLite::Statement& query, int first) const {
  PageScores scores;
  for (int place = first; const Score score : scores_) {
    const SQLite::Column column = query.getColumn(place++);
    if (!column.isNull()) scores.set(score, column.getDouble());
  }
  return scores;
}

void bind_times(SQLite::Statement& statement, int first, const PageResult& page) {
  const PageTimings& timings = page.timings;
  statement.bind(first, timings.started_us);
  int place = first + 1;
  for (const double ms : {timings.total_ms, timings.preprocess_ms, timings.ocr_ms,
                          timings.sharpness_ms, timings.contrast_ms, timings.cnr_ms})
    statement.bind(place++, ms);
  statement.bind(place, page.failure);
}

PageResult result_at(SQLite::Statement& query, int first, const ScoreColumns& scores) {
  const auto real = [&](int column) { return query.getColumn(first + column).getDouble(); };
  return {.scores = scores.read(query, first + kTimeColumnCount),
          .timings = {.started_us = query.getColumn(first).getInt64(),
                      .total_ms = real(1),
                      .preprocess_ms = real(2),
                      .ocr_ms = real(3),
                      .sharpness_ms = real(4),
                      .contrast_ms = real(5),
                      .cnr_ms = real(6)},
          .failure = query.getColumn(first + 7).getString()};
}

std::string placeholders(int count) {
  std::string text = "?";
  for (int i = 1; i < count; ++i) text += ", ?";
  return text;
}

}  // namespace ocrtune
