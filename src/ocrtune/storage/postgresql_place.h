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

/// As postgresql_place(), and also the place of a whole database, without a study:
/// postgresql://[USER@][HOST][:PORT]/DATABASE[?…].
PostgresqlPlace postgresql_place_or_database(const std::string& address);

/// Whether a study on a server can have this name.
bool may_name_study(std::string_view name);

/// The address of a study in the database of `place`.
std::string address_of_study(const PostgresqlPlace& place, const std::string& study);

/// Eight hexadecimal digits that identify the database of `place`, by its host, port and name as
/// the address has them, whoever the user is.
std::string database_token(const PostgresqlPlace& place);

}  // namespace ocrtune
