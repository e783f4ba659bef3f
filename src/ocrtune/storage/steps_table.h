#pragma once

#include <cstddef>
#include <optional>

#include "ocrtune/storage/sql.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// Whether the steps have a column for what stages measure; without it, none is read.
bool has_measured_column(SqlDatabase& database);
/// Adds it to a study of an earlier version. The caller holds the transaction.
void add_measured_column(SqlDatabase& database);

/// Inserts a trial's steps if every page has some. The caller holds the transaction.
void insert_steps(SqlDatabase& database, const Trial& trial);

/// Numbers of trials, both included.
struct TrialRange {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Calls `visit` for every step, or for those of a range of trials, by number, page and position;
/// it must not use the database. Throws Error(study_error), without the file's name, for an
/// impossible row or a page without its rows, or if the database fails.
void read_steps(SqlDatabase& database, std::size_t page_count,
                const std::optional<TrialRange>& range, const StepVisitor& visit);

}  // namespace ocrtune
