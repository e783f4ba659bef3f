#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <string>

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

/// The columns from confidence to work_ms, as both tables of results have them; the first is
/// `first`.
inline void bind_result(SQLite::Statement& statement, int first, const PageResult& page) {
  const PageTimings& timings = page.timings;
  bind_scores(statement, first, page.scores);
  statement.bind(first + 7, timings.started_us);
  statement.bind(first + 8, timings.total_ms);
  statement.bind(first + 9, timings.preprocess_ms);
  statement.bind(first + 10, timings.ocr_ms);
  statement.bind(first + 11, timings.sharpness_ms);
  statement.bind(first + 12, timings.contrast_ms);
  statement.bind(first + 13, timings.cnr_ms);
  statement.bind(first + 14, page.failure);
  statement.bind(first + 15, timings.work_ms);
}

/// The names of those columns; `with_work`: the last one is there, else 0 is read for it.
inline std::string result_columns(bool with_work) {
  return std::string(
             "confidence, words, sharpness, contrast, cnr, cer, wer, started_us, total_ms, "
             "preprocess_ms, ocr_ms, sharpness_ms, contrast_ms, cnr_ms, failure, ") +
         (with_work ? "work_ms" : "0");
}

/// What bind_result() wrote.
inline PageResult result_at(SQLite::Statement& query, int first) {
  const auto real = [&](int column) { return query.getColumn(first + column).getDouble(); };
  return {.scores = scores_at(query, first),
          .timings = {.started_us = query.getColumn(first + 7).getInt64(),
                      .total_ms = real(8),
                      .preprocess_ms = real(9),
                      .ocr_ms = real(10),
                      .sharpness_ms = real(11),
                      .contrast_ms = real(12),
                      .cnr_ms = real(13),
                      .work_ms = real(15)},
          .failure = query.getColumn(first + 14).getString()};
}

}  // namespace ocrtune
