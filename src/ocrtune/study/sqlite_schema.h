#pragma once

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "ocrtune/metrics/score.h"

namespace ocrtune {

/// Version of our own tables; a study with a higher one was made by a newer program. A further
/// score doesn't change it.
inline constexpr int kStudyFormat = 1;

/// DDL of our own tables, without the columns of scores.
extern const char* const kOwnSchema;

/// Makes our own tables with the columns of scores. Throws Error(study_error), without the file's
/// name, where a score is called as another column is. The caller holds the transaction.
void create_own_tables(SQLite::Database& database);

/// Gives the tables that have scores (`ocrtune_results`, `ocrtune_readings`) a column for each that
/// is declared and has none yet. The caller holds the transaction.
void add_score_columns(SQLite::Database& database);

/// True where none lacks one.
bool has_all_scores(SQLite::Database& database);

/// The scores that are declared and have a column in `table`, in the order they are listed.
std::vector<Score> scores_in(SQLite::Database& database, const std::string& table);

/// Throws Error(study_error), without the file's name, where the tables are none of ours or from a
/// newer program; SQLite::Exception where SQLite fails.
void require_format(SQLite::Database& database);

}  // namespace ocrtune
