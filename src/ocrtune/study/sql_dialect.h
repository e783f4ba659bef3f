#pragma once

#include <string>
#include <string_view>

#include "ocrtune/study/sql.h"

namespace ocrtune {

/// Creates the tables of a script of CREATE statements in SQLite's words, with the types that the
/// database has for them: whole numbers of 64 bits, real ones of double precision, and primary keys
/// that are counted. The
/// caller holds the transaction.
void create_tables(SqlDatabase& database, std::string_view script);

/// The script for PostgreSQL.
std::string postgresql_schema(std::string_view script);

/// A statement with the parameters `?` or `?1` as `$1`, `$2`, …, as PostgreSQL has them.
std::string numbered_parameters(std::string_view statement);

}  // namespace ocrtune
