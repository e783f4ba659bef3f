#include "ocrtune/study/postgresql_place.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongestName = 63;  // of PostgreSQL

bool can_name_study(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, allowed) &&
         !name.starts_with("pg_");
}

[[noreturn]] void refuse(const std::string& line) { throw Error(Errc::invalid_argument, line); }

/// Refuses what libpq does not understand, and passwords.
void check_connection(const std::string& connection, std::string_view address) {
  char* failure = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(connection.c_str(), &failure), &PQconninfoFree);
  const std::unique_ptr<char, decltype(&PQfreemem)> message(failure, &PQfreemem);
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
  if (!can_name_study(study)) {
    refuse(tr("{}: name the study behind the database, with letters, digits, - and _: {}",
              shown_address(address), kPostgresqlForm));
  }
  return place;
}

std::string shown_address(std::string_view address) {
  std::string text = quotable(address, 300);
  const std::size_t authority = text.find("://");
  if (authority == std::string::npos) return text;
  const std::size_t end = std::min(text.find('/', authority + 3), text.size());
  const std::size_t at = text.rfind('@', end);
  const std::size_t colon = text.find(':', authority + 3);
  if (at != std::string::npos && at > authority && colon < at)
    text.replace(colon, at - colon, ":…");
  const std::size_t secret = text.find("password=");
  if (secret != std::string::npos) {
    const std::size_t value = secret + std::string_view("password=").size();
    text.replace(value, std::min(text.find('&', value), text.size()) - value, "…");
  }
  return text;
}

}  // namespace ocrtune
