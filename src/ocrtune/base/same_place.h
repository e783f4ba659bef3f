#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace ocrtune {

/// A file or folder that is in use, and that others may delete, move or replace meanwhile: what is
/// written to it then goes nowhere. Thread-safe.
class SamePlace {
 public:
  /// What `path` names now.
  explicit SamePlace(std::filesystem::path path);

  /// What a descriptor is open for, which `path` named when it was opened.
  SamePlace(std::filesystem::path path, int descriptor);

  /// Whether it is still what the path names.
  [[nodiscard]] bool is_there() const;

  /// Throws Error(output_unwritable) if it is not.
  void require() const;

  /// What messages say of one that is not.
  static std::string gone_text();

 private:
  std::filesystem::path path_;
  bool known_ = false;
  std::uint64_t device_ = 0;
  std::uint64_t number_ = 0;
};

/// A folder that output is written to, and that others may delete meanwhile. Not thread-safe.
class OutputFolder {
 public:
  /// The folder need not be there yet.
  explicit OutputFolder(std::filesystem::path path) : path_(std::move(path)) {}

  /// At the first call, makes the folder if it is missing; later throws as require(). Before
  /// something is written to it. Throws as make_folder.
  void prepare();

  /// Throws Error(output_unwritable) if it is not there any more since prepare().
  void require() const;

 private:
  std::filesystem::path path_;
  std::optional<SamePlace> prepared_;
};

}  // namespace ocrtune
