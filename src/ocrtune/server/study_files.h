#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune::server {

/// What tells whether a study's file is the same as before: its size and time, and those of the
/// write-ahead log beside it, which has what was written last.
struct FileStamp {
  std::uint64_t bytes = 0;       ///< of the file
  std::int64_t modified_ns = 0;  ///< of the file or its log, whichever is later; since 1970
  std::uint64_t log_bytes = 0;
  bool operator==(const FileStamp&) const = default;
};

/// Throws HttpError(404) where there is no such regular file.
FileStamp stamp_of(const std::filesystem::path& file);

/// The path of the study `id` in `folder`. Throws HttpError(400) for what is no name,
/// HttpError(404) where there is no such regular file in the folder itself.
std::filesystem::path study_file(const std::filesystem::path& folder, const std::string& id);

/// The ids of all regular files in `folder` that end with .db, sorted; names that no study may have
/// here among them.
std::vector<std::string> study_ids(const std::filesystem::path& folder);

}  // namespace ocrtune::server
