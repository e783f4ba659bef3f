#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// True for what a study, or a folder of results, may be called where a request names it: at most
/// 100 bytes, no control characters, neither '/' nor '\\', neither '.', '-' nor a space at its
/// beginning, and none at its end.
bool may_be_name(std::string_view name);

/// Throws Error(invalid_argument) where `id` may not be a study's name.
void check_study_id(std::string_view id);

/// What tells whether a study's file is the same as before: its size and time, and those of the
/// write-ahead log beside it, which has what was written last.
struct FileStamp {
  std::uint64_t bytes = 0;       ///< of the file
  std::int64_t modified_ns = 0;  ///< of the file or its log, whichever is later; since 1970
  std::uint64_t log_bytes = 0;
  bool operator==(const FileStamp&) const = default;
};

/// Throws Error(not_found) where there is no such regular file.
FileStamp stamp_of(const std::filesystem::path& file);

/// The path of the study `id` in `folder`. Throws as check_study_id, and Error(not_found)
/// where there is no such regular file in the folder itself.
std::filesystem::path study_file(const std::filesystem::path& folder, const std::string& id);

/// The ids of all regular files in `folder` that end with .db, sorted; names that no request
/// can state among them.
std::vector<std::string> study_ids(const std::filesystem::path& folder);

}  // namespace ocrtune
