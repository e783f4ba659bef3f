#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <optional>

#include "ocrtune/study/trial.h"

namespace ocrtune {

/// NULL is nothing.
inline std::optional<double> optional_real(const SQLite::Column& column) {
  return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}

inline void bind_optional(SQLite::Statement& statement, int place, std::optional<double> value) {
  if (value) {
    statement.bind(place, *value);
  } else {
    statement.bind(place);
  }
}

/// The columns confidence, words, sharpness, contrast, cnr, cer, wer; the first is `first`.
inline void bind_scores(SQLite::Statement& statement, int first, const PageScores& scores) {
  statement.bind(first, scores.confidence);
  statement.bind(first + 1, scores.words);
  statement.bind(first + 2, scores.sharpness);
  statement.bind(first + 3, scores.contrast);
  statement.bind(first + 4, scores.cnr);
  bind_optional(statement, first + 5, scores.cer);
  bind_optional(statement, first + 6, scores.wer);
}

/// What bind_scores() wrote.
inline PageScores scores_at(SQLite::Statement& query, int first) {
  return {.confidence = query.getColumn(first).getDouble(),
          .words = query.getColumn(first + 1).getInt(),
          .sharpness = query.getColumn(first + 2).getDouble(),
          .contrast = query.getColumn(first + 3).getDouble(),
          .cnr = query.getColumn(first + 4).getDouble(),
          .cer = optional_real(query.getColumn(first + 5)),
          .wer = optional_real(query.getColumn(first + 6))};
}

}  // namespace ocrtune
