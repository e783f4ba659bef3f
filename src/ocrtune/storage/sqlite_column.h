#pragma once

#include <sqlite3.h>

#include <new>
#include <string_view>

namespace ocrtune {

/// The text of a column of the current row, until the next step; empty for NULL. Throws
/// std::bad_alloc where SQLite has no memory for it, and would give NULL.
inline std::string_view text_of_column(sqlite3_stmt* statement, int index) {
  const unsigned char* text = sqlite3_column_text(statement, index);
  if (text == nullptr) {
    if (sqlite3_errcode(sqlite3_db_handle(statement)) == SQLITE_NOMEM) throw std::bad_alloc();
    return {};
  }
  const auto bytes = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
  return {reinterpret_cast<const char*>(text), bytes};
}

}  // namespace ocrtune
