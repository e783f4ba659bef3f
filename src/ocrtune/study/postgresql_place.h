#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ocrtune {

/// The form of an address, as messages have it.
inline constexpr std::string_view kPostgresqlForm = "postgresql://USER@HOST/DATABASE/STUDY";

/// Where a study is on a PostgreSQL server: postgresql://[USER@][HOST][:PORT]/DATABASE/STUDY[?…],
/// as libpq has it, with the study's name behind the database's. A study is a schema of its own.
struct PostgresqlPlace {
  std::string connection;  ///< the address of the database, for libpq
  std::string study;       ///< its schema: letters, digits, - and _, at most 63
};

/// Whether a study's name is such an address.
bool is_postgresql_address(std::string_view study);

/// The place that an address names. Throws Error(invalid_argument) with one line for an address
/// without a study, or with a password, which would be seen by everybody on the machine and be part
/// of logs: PostgreSQL's password file is for that.
PostgresqlPlace postgresql_place(const std::string& address);

/// The address as messages show it: a password is left out.
std::string shown_address(std::string_view address);

}  // namespace ocrtune
