#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace ocrtune {

/// How long the names and paths of files in a folder may be, as its file system states it.
/// Thread-safe.
class NameLimits {
 public:
  /// The folder need not be there yet: its nearest parent that is there counts.
  explicit NameLimits(const std::filesystem::path& folder);

  /// Why no file with this path can be written: a name in it is too long, or the path, or that of
  /// the temporary file beside it. Empty if one can.
  [[nodiscard]] std::string why_not(const std::filesystem::path& file) const;

 private:
  std::size_t name_;  // bytes
  std::size_t path_;  // bytes
};

}  // namespace ocrtune
