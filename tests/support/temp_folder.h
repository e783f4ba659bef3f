#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::test {

/// A new folder that is deleted, with all that is in it, at the end of its scope.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  /// Writes a file below the folder, making the folders it lies in.
  std::filesystem::path write(const std::string& name, std::string_view text) const;
  std::filesystem::path write(const std::string& name, std::span<const std::byte> bytes) const;

  /// Names of everything directly in it, sorted.
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::filesystem::path path_;
};

}  // namespace ocrtune::test
