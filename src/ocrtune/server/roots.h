#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ocrtune::server {

/// The folders whose files may be used. Const use is thread-safe.
class Roots {
 public:
  /// Throws Error(invalid_argument) for a path that is not a folder.
  explicit Roots(const std::vector<std::filesystem::path>& folders);

  /// Absolute paths with symbolic links resolved; the first one is the folder of studies.
  [[nodiscard]] const std::vector<std::filesystem::path>& all() const { return folders_; }
  [[nodiscard]] const std::filesystem::path& first() const { return folders_.front(); }

  /// The path with symbolic links resolved. Throws HttpError(403) if it is not absolute or not in a
  /// root; HttpError(404) if it does not exist. Does not reveal which paths exist outside the
  /// roots: the status is always 403 there.
  [[nodiscard]] std::filesystem::path inside(const std::string& path) const;

  /// As inside, without throwing, for listings.
  [[nodiscard]] bool contains(const std::filesystem::path& path) const;

 private:
  std::vector<std::filesystem::path> folders_;
};

/// Throws HttpError(400) if `name` is not a valid file name: one component of a path, not hidden,
/// at most 200 bytes, no control characters.
void check_file_name(const std::string& name);

}  // namespace ocrtune::server
