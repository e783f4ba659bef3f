#pragma once

#include <cstddef>

#include "ocrtune/study/sql.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// Inserts a trial's steps if every page has some. The caller holds the transaction.
void insert_steps(SqlDatabase& database, const Trial& trial);

/// Calls `visit` for every step, by number, page and position. Throws Error(study_error), without
/// the file's name, for an impossible row or a page without its rows, or if the database fails.
void read_steps(SqlDatabase& database, std::size_t page_count, const StepVisitor& visit);

}  // namespace ocrtune
