#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune::server {

/// The folders that files may be taken from. Const use is thread-safe.
class Roots {
 public:
  /// Throws Error(invalid_argument) for one that is not a folder.
  explicit Roots(const std::vector<std::filesystem::path>& folders);

  /// Absolute, symbolic links resolved; the first is where studies are kept.
  [[nodiscard]] const std::vector<std::filesystem::path>& all() const { return folders_; }
  [[nodiscard]] const std::filesystem::path& first() const { return folders_.front(); }

  /// The path with symbolic links resolved. Throws HttpError(403) where it isn't absolute, or not a
  /// root and not below one; HttpError(404) where nothing is there. Tells nothing of what is
  /// outside: there all is 403.
  [[nodiscard]] std::filesystem::path inside(const std::string& path) const;

  /// As inside, without throwing; for what is listed.
  [[nodiscard]] bool contains(const std::filesystem::path& path) const;

 private:
  std::vector<std::filesystem::path> folders_;
};

/// Throws HttpError(400) where `name` isn't one that a file may have here: one part of a path, not
/// hidden, at most 200 bytes, no control characters.
void check_file_name(const std::string& name);

}  // namespace ocrtune::server
