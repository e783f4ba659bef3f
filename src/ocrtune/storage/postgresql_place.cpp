#include "ocrtune/storage/postgresql_place.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <memory>

#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongestName = 63;  // of PostgreSQL

[[noreturn]] void refuse(const std::string& line) { throw Error(Errc::invalid_argument, line); }

using ConnectionOptions = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

/// nullptr for what libpq does not understand.
ConnectionOptions options_in(const std::string& connection) {
  char* failure = nullptr;
  ConnectionOptions options(PQconninfoParse(connection.c_str(), &failure), &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> message(failure, &PQfreemem);
  return options;
}

/// Refuses what libpq does not understand, and passwords.
void check_connection(const std::string& connection, std::string_view address) {
  const ConnectionOptions options = options_in(connection);
  if (options == nullptr) {
    refuse(tr("{}: is not an address such as {}", shown_address(address), kPostgresqlForm));
  }
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const bool is_secret = option->keyword == std::string_view("password") ||
                           option->keyword == std::string_view("sslpassword");
    if (is_secret && option->val != nullptr)
      refuse(tr("{}: has a password; passwords belong into the file ~/.pgpass",
                shown_address(address)));
  }
  // What is mistyped would be in libpq's messages.
  if (may_have_password(address))
    refuse(tr("{}: is not an address such as {}", shown_address(address), kPostgresqlForm));
}

}  // namespace

bool is_postgresql_address(std::string_view study) {
  return study.starts_with("postgresql://") || study.starts_with("postgres://");
}

PostgresqlPlace postgresql_place(const std::string& address) {
  const std::size_t options = std::min(address.find('?'), address.size());
  const std::size_t authority = address.find("://") + 3;
  const std::size_t name = address.rfind('/', options == 0 ? 0 : options - 1);
  const bool has_database =
      name != std::string::npos && name > authority && address.find('/', authority) < name;
  const std::string study =
      has_database ? address.substr(name + 1, options - name - 1) : std::string();
  PostgresqlPlace place{
      .connection = has_database ? address.substr(0, name) + address.substr(options) : address,
      .study = study};
  check_connection(place.connection, address);
  if (!may_name_study(study)) {
    refuse(tr("{}: name the study behind the database, with letters, digits, - and _: {}",
              shown_address(address), kPostgresqlForm));
  }
  return place;
}

PostgresqlPlace postgresql_place_or_database(const std::string& address) {
  const std::size_t options = std::min(address.find('?'), address.size());
  const std::size_t name = address.find('/', address.find("://") + 3);
  const bool is_database =
      name < options && name + 1 < options && address.find('/', name + 1) >= options;
  if (!is_database) return postgresql_place(address);
  check_connection(address, address);
  return {.connection = address, .study = ""};
}

bool may_name_study(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, allowed) &&
         !name.starts_with("pg_");
}

std::string address_of_study(const PostgresqlPlace& place, const std::string& study) {
  std::string address = place.connection;
  return address.insert(std::min(address.find('?'), address.size()), "/" + study);
}

std::string database_token(const PostgresqlPlace& place) {
  std::string identity;
  const ConnectionOptions options = options_in(place.connection);
  for (const PQconninfoOption* option = options.get();
       option != nullptr && option->keyword != nullptr; ++option) {
    const std::string_view keyword = option->keyword;
    const bool counts =
        keyword == "host" || keyword == "hostaddr" || keyword == "port" || keyword == "dbname";
    if (counts && option->val != nullptr) identity += fmt::format("{}={}\n", keyword, option->val);
  }
  return content_hash(identity).text().substr(0, 8);
}

}  // namespace ocrtune
