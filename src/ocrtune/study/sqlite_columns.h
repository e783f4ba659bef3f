#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <string>

#include "ocrtune/study/sqlite_format.h"
#include "ocrtune/study/sqlite_schema.h"
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

/// The names of a page's scores, in the order of bind_scores(); NULL for those that `format` lacks.
inline std::string score_columns(int format) {
  std::string names = "confidence, words, sharpness, contrast, cnr, cer, wer";
  for (const QualityColumn& column : kQualityColumns)
    names += std::string(", ") + (column.first_format <= format ? column.name : "NULL");
  return names;
}
inline constexpr int kScoreColumns = 7 + std::tuple_size_v<decltype(kQualityColumns)>;

/// The first one is `first`.
inline void bind_scores(SQLite::Statement& statement, int first, const PageScores& scores) {
  statement.bind(first, scores.confidence);
  statement.bind(first + 1, scores.words);
  statement.bind(first + 2, scores.sharpness);
  statement.bind(first + 3, scores.contrast);
  statement.bind(first + 4, scores.cnr);
  int place = first + 5;
  for (const auto& value :
       {scores.cer, scores.wer, scores.char_confidence, scores.legible, scores.lexicon,
        scores.garbage, scores.net_legible, scores.bow, scores.agreement, scores.coverage})
    bind_optional(statement, place++, value);
}

/// What bind_scores() wrote.
inline PageScores scores_at(SQLite::Statement& query, int first) {
  return {.confidence = query.getColumn(first).getDouble(),
          .words = query.getColumn(first + 1).getInt(),
          .sharpness = query.getColumn(first + 2).getDouble(),
          .contrast = query.getColumn(first + 3).getDouble(),
          .cnr = query.getColumn(first + 4).getDouble(),
          .cer = optional_real(query.getColumn(first + 5)),
          .wer = optional_real(query.getColumn(first + 6)),
          .bow = optional_real(query.getColumn(first + 12)),
          .char_confidence = optional_real(query.getColumn(first + 7)),
          .legible = optional_real(query.getColumn(first + 8)),
          .net_legible = optional_real(query.getColumn(first + 11)),
          .lexicon = optional_real(query.getColumn(first + 9)),
          .garbage = optional_real(query.getColumn(first + 10)),
          .agreement = optional_real(query.getColumn(first + 13)),
          .coverage = optional_real(query.getColumn(first + 14))};
}

/// The names of a page's scores and times, as both tables of results have them, in the order of
/// bind_result(); NULL or 0 for those that `format` lacks.
inline std::string result_columns(int format) {
  return score_columns(format) +
         ", started_us, total_ms, preprocess_ms, ocr_ms, sharpness_ms, contrast_ms, cnr_ms, "
         "failure, " +
         (format >= kFormatWithSearch ? "work_ms" : "0");
}
inline constexpr int kResultColumns = kScoreColumns + 9;

/// The first one is `first`.
inline void bind_result(SQLite::Statement& statement, int first, const PageResult& page) {
  const PageTimings& timings = page.timings;
  bind_scores(statement, first, page.scores);
  int place = first + kScoreColumns;
  statement.bind(place++, timings.started_us);
  for (const double ms : {timings.total_ms, timings.preprocess_ms, timings.ocr_ms,
                          timings.sharpness_ms, timings.contrast_ms, timings.cnr_ms})
    statement.bind(place++, ms);
  statement.bind(place++, page.failure);
  statement.bind(place, timings.work_ms);
}

/// What bind_result() wrote.
inline PageResult result_at(SQLite::Statement& query, int first) {
  const int times = first + kScoreColumns;
  const auto real = [&](int column) { return query.getColumn(times + column).getDouble(); };
  return {.scores = scores_at(query, first),
          .timings = {.started_us = query.getColumn(times).getInt64(),
                      .total_ms = real(1),
                      .preprocess_ms = real(2),
                      .ocr_ms = real(3),
                      .sharpness_ms = real(4),
                      .contrast_ms = real(5),
                      .cnr_ms = real(6),
                      .work_ms = real(8)},
          .failure = query.getColumn(times + 7).getString()};
}

/// "?, ?, ?", `count` of them.
inline std::string placeholders(int count) {
  std::string text = "?";
  for (int i = 1; i < count; ++i) text += ", ?";
  return text;
}

}  // namespace ocrtune
