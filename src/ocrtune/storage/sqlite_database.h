#pragma once

#include <filesystem>
#include <memory>

#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// How a SQLite file is opened.
enum class SqliteMode {
  create,     ///< for writing; created if it does not exist
  write,      ///< for writing
  read,       ///< read-only
  unchanging  ///< read-only, while nobody writes: for a file in a folder without write permission
};

/// Opens a SQLite file; the empty path: a temporary one, to be created, with the tokenizer of
/// register_search_tokenizer(). Throws Error(study_error),
/// without the file's name.
std::unique_ptr<SqlDatabase> open_sqlite(const std::filesystem::path& file, SqliteMode mode);

}  // namespace ocrtune
