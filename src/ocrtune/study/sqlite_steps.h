#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>

#include "ocrtune/study/storage.h"

namespace ocrtune {

/// The rows of a trial's steps, where every page has some. The caller holds the transaction.
void insert_steps(SQLite::Database& database, const Trial& trial);

/// Calls `visit` for every step, by number, page and place. Throws Error(study_error), without the
/// file's name, for a row that can't be right or a page that lacks its rows; SQLite::Exception
/// where SQLite fails.
void read_steps(SQLite::Database& database, std::size_t page_count, const StepVisitor& visit);

}  // namespace ocrtune
