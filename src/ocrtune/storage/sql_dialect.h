#pragma once

#include <string>
#include <string_view>

namespace ocrtune {

/// A script of CREATE statements in SQLite's words as PostgreSQL has it: see
/// SqlDatabase::create_tables().
std::string postgresql_schema(std::string_view script);

/// A statement with the parameters `?` or `?1` as `$1`, `$2`, …, as PostgreSQL has them.
std::string numbered_parameters(std::string_view statement);

}  // namespace ocrtune
