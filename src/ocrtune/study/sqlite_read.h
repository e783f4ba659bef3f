#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What the database says the study is. Throws Error(study_error), without the file's name, where
/// its content is damaged or from a newer program; SQLite::Exception where SQLite fails.
StudyDefinition read_definition(SQLite::Database& database);

/// All finished trials, by number, each with a result for every one of `page_count` pages. Errors
/// as read_definition.
std::vector<Trial> read_trials(SQLite::Database& database, std::size_t page_count);

/// All trials that were stopped early, by number. Errors as read_definition.
std::vector<PrunedTrial> read_pruned(SQLite::Database& database, std::size_t page_count);

}  // namespace ocrtune
