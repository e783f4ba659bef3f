#pragma once

#include <filesystem>

namespace ocrtune {

/// A folder of this process alone, which other users can neither guess nor enter, in the system's
/// folder for temporary files (TMPDIR). Removed with all that is in it at the end of its scope.
class TemporaryFolder {
 public:
  /// Throws Error(output_unwritable).
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace ocrtune
