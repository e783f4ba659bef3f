#pragma once

#include <filesystem>
#include <memory>

#include "ocrtune/storage/sql.h"

namespace ocrtune {

/// True if the file has a study or other content; false if it does not exist, is empty or is a
/// database without tables.
bool sqlite_study_exists(const std::filesystem::path& file);

/// Throws Error(study_error), with the file's name, if it is no regular file.
void refuse_non_files(const std::filesystem::path& file);

/// As refuse_non_files, and also if there is no study in the file or its end is missing.
void require_study_file(const std::filesystem::path& file);

/// True if another process has the study open: SQLite holds a lock in the index of its write-ahead
/// log, FILE-shm. Not while this process has it open, which would lose its own lock.
bool is_open_elsewhere(const std::filesystem::path& file);

/// Whether a file that could not be opened for reading may be one in WAL mode in a folder without
/// write permission: SQLite must be told that nobody writes it.
bool may_be_unchanging(const std::filesystem::path& file);

}  // namespace ocrtune
