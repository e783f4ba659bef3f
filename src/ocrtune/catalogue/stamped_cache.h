#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace ocrtune {

/// Texts that were computed from a state of a study by this build of the program, in the files
/// ID.WHAT of a folder. Thread-safe.
class StampedCache {
 public:
  explicit StampedCache(std::filesystem::path folder);

  /// Stores a text for the state of a study that `stamp`, one line, identifies. If it cannot be
  /// stored, nothing happens.
  void keep(const std::string& id, const char* what, const std::string& stamp,
            const std::string& text) const;

  /// The text that was stored for this state.
  [[nodiscard]] std::optional<std::string> find(const std::string& id, const char* what,
                                                const std::string& stamp) const;

  /// The text that was stored last, by any build.
  [[nodiscard]] std::optional<std::string> latest(const std::string& id, const char* what) const;

 private:
  [[nodiscard]] std::filesystem::path file(const std::string& id, const char* what) const;

  std::filesystem::path folder_;
  std::string program_;  ///< identifies this build
};

}  // namespace ocrtune
