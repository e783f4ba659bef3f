#pragma once

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <optional>

namespace ocrtune {

/// What changes when a file is written or replaced.
struct FileState {
  std::uint64_t number = 0;  ///< inode
  std::uint64_t size = 0;    ///< bytes
  std::int64_t time = 0;     ///< of its last change, ns since 1970

  bool operator==(const FileState&) const = default;  ///< it is the same and has not changed
};

/// The state of a file, where links lead; nothing if there is none. Thread-safe.
std::optional<FileState> file_state(const std::filesystem::path& file);

/// The time of the last change of the content, ns since 1970. Pure.
std::int64_t modified_ns(const struct stat& status);

}  // namespace ocrtune
