#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// True if a request may use `name` for a study or a result folder: at most 100 bytes, no control
/// characters, no '/' or '\\', no '.', '-' or space at the beginning, and no space at the end.
bool may_be_name(std::string_view name);

/// Throws Error(invalid_argument) if `id` is not a valid name of a study.
void check_study_id(std::string_view id);

/// Detects changes of a study's file: its size and time, and those of the write-ahead log beside
/// it, which has the latest writes.
struct FileStamp {
  std::uint64_t bytes = 0;       ///< of the file
  std::int64_t modified_ns = 0;  ///< of the file or its log, whichever is later; since 1970
  std::uint64_t log_bytes = 0;
  bool operator==(const FileStamp&) const = default;
};

/// Throws Error(not_found) if there is no such regular file.
FileStamp stamp_of(const std::filesystem::path& file);

/// The path of the study `id` in `folder`. Throws as check_study_id, and Error(not_found) if there
/// is no such regular file in the folder itself.
std::filesystem::path study_file(const std::filesystem::path& folder, const std::string& id);

/// The ids of all regular files in `folder` that end with .db, sorted; includes names that are not
/// valid in a request.
std::vector<std::string> study_ids(const std::filesystem::path& folder);

}  // namespace ocrtune
