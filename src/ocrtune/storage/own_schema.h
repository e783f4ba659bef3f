#pragma once

#include <string>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// Version of ocrtune's own tables. A study with a higher version was created by a newer program.
/// An additional score does not change the version.
inline constexpr int kStudyFormat = 1;

/// DDL of the own tables, without the columns of scores.
extern const char* const kOwnSchema;

/// Creates the own tables with the columns of scores. Throws Error(study_error), without the file's
/// name, if a score has the name of another column. The caller holds the transaction.
void create_own_tables(SqlDatabase& database);

/// Adds to the tables with scores (`ocrtune_results`, `ocrtune_reference_results`) a column for
/// each declared score that has none. The caller holds the transaction.
void add_score_columns(SqlDatabase& database);

/// True if there is a column for every score.
bool has_all_scores(SqlDatabase& database);

/// The declared scores that have a column in `table`, in the order they are listed.
std::vector<Score> scores_in(SqlDatabase& database, const std::string& table);

/// Throws Error(study_error), without the study's name, if the tables are not ocrtune's or are from
/// a newer program, or if the database fails.
void require_format(SqlDatabase& database);

}  // namespace ocrtune
