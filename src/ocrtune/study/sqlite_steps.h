#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>

#include "ocrtune/study/storage.h"

namespace ocrtune {

/// Inserts a trial's steps if every page has some. The caller holds the transaction.
void insert_steps(SQLite::Database& database, const Trial& trial);

/// Calls `visit` for every step, by number, page and position. Throws Error(study_error), without
/// the file's name, for an impossible row or a page without its rows; SQLite::Exception if SQLite
/// fails.
void read_steps(SQLite::Database& database, std::size_t page_count, const StepVisitor& visit);

}  // namespace ocrtune
