#pragma once

#include <memory>

#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/storage/reconnection.h"
#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// Connects to a study's database, with the study's schema as the one that is searched; the schema
/// need not exist. Tries again as far as `reconnection` allows it. Throws Error(study_error),
/// without the address.
///
/// Statements of a transaction that return no rows are sent without waiting for their results
/// (libpq's pipeline mode), so a trial costs a few round trips to the server whatever its number of
/// rows; their errors are thrown by commit() at the latest.
std::unique_ptr<SqlDatabase> open_postgresql(const PostgresqlPlace& place,
                                             const Reconnection& reconnection = {});

}  // namespace ocrtune
