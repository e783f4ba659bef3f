#include "ocrtune/base/file_state.h"

namespace ocrtune {

std::optional<FileState> file_state(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return FileState{.number = status.st_ino,
                   .size = static_cast<std::uint64_t>(status.st_size),
                   .time = modified_ns(status)};
}

std::int64_t modified_ns(const struct stat& status) {
  return status.st_mtim.tv_sec * std::int64_t{1'000'000'000} + status.st_mtim.tv_nsec;
}

}  // namespace ocrtune
