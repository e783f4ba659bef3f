#include "ocrtune/storage/own_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::array kTablesWithScores{"ocrtune_results", "ocrtune_reference_results"};

}  // namespace

const char* const kOwnSchema = R"sql(
CREATE TABLE ocrtune_study (
  format INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  seed INTEGER NOT NULL,
  objective TEXT NOT NULL,
  psm INTEGER NOT NULL,
  oem INTEGER NOT NULL,
  ocr_max_width INTEGER NOT NULL,
  lang TEXT NOT NULL,
  models TEXT NOT NULL,
  program TEXT NOT NULL,
  engine TEXT NOT NULL,
  search TEXT NOT NULL
);
CREATE TABLE ocrtune_pages (
  held_out INTEGER NOT NULL,
  page INTEGER NOT NULL,
  name TEXT NOT NULL,
  pixels TEXT NOT NULL,
  truth TEXT NOT NULL,
  lang TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  dpi REAL NOT NULL,
  labels TEXT NOT NULL,
  file TEXT NOT NULL,
  file_page INTEGER NOT NULL,
  truth_file TEXT NOT NULL,
  PRIMARY KEY (held_out, page)
) WITHOUT ROWID;
CREATE TABLE ocrtune_trials (
  id INTEGER NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('complete', 'pruned')),
  started_us INTEGER NOT NULL,
  finished_us INTEGER NOT NULL,
  optuna_id INTEGER NOT NULL UNIQUE REFERENCES trials (trial_id)
);
CREATE TABLE ocrtune_points (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (number, place)
) WITHOUT ROWID;
CREATE TABLE ocrtune_results (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  page INTEGER NOT NULL,
  place INTEGER NOT NULL,
  started_us INTEGER NOT NULL,
  total_ms REAL NOT NULL,
  preprocess_ms REAL NOT NULL,
  ocr_ms REAL NOT NULL,
  failure TEXT NOT NULL,
  PRIMARY KEY (number, page)
) WITHOUT ROWID;
CREATE TABLE ocrtune_reference_results (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  held_out INTEGER NOT NULL,
  page INTEGER NOT NULL,
  PRIMARY KEY (number, held_out, page)
) WITHOUT ROWID;
CREATE TABLE ocrtune_steps (
  number INTEGER NOT NULL REFERENCES ocrtune_trials (number),
  page INTEGER NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  ms REAL NOT NULL,
  cached INTEGER NOT NULL,
  measured DOUBLE PRECISION,
  PRIMARY KEY (number, page, place)
) WITHOUT ROWID;
)sql";

void create_own_tables(SqlDatabase& database) {
  database.create_tables(kOwnSchema);
  for (const char* table : kTablesWithScores) {
    for (const Score score : scores_in(database, table)) {
      throw Error(Errc::study_error,
                  tr("can't keep the score `{}`: {} has another column of that name",
                     score_name(score), table));
    }
  }
  add_score_columns(database);
}

bool has_all_scores(SqlDatabase& database) {
  return std::ranges::all_of(kTablesWithScores, [&](const char* table) {
    return scores_in(database, table).size() == all_scores().size();
  });
}

void add_score_columns(SqlDatabase& database) {
  for (const char* table : kTablesWithScores) {
    const std::set<std::string> there = database.columns_of(table);
    for (const std::string& name : score_names()) {
      if (!there.contains(name))
        database.execute(
            fmt::format(R"(ALTER TABLE {} ADD COLUMN "{}" DOUBLE PRECISION)", table, name));
    }
  }
}

std::vector<Score> scores_in(SqlDatabase& database, const std::string& table) {
  const std::set<std::string> there = database.columns_of(table);
  std::vector<Score> scores;
  std::ranges::copy_if(all_scores(), std::back_inserter(scores),
                       [&](Score score) { return there.contains(std::string(score_name(score))); });
  return scores;
}

void require_format(SqlDatabase& database) {
  Statement query(database, "SELECT format, program FROM ocrtune_study");
  if (!query->next()) throw Error(Errc::study_error, tr("is damaged: it contains no study"));
  const std::int64_t format = query->integer(0);
  if (format > kStudyFormat) {
    throw Error(Errc::study_error,
                tr("was written by a newer version of ocrtune ({})", quotable(query->text(1))));
  }
  if (format < kStudyFormat)
    throw Error(Errc::study_error, tr("is damaged: its format is {}", format));
}

}  // namespace ocrtune
