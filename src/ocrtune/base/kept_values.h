#pragma once

#include <cstddef>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

namespace ocrtune {

/// JSON values by their keys, in a file: for what is measured or checked once on a machine. A file
/// that cannot be read counts as empty; what cannot be written is found out again next time.
class KeptValues {
 public:
  /// Keeps the `most` keys that were stored last. An empty path keeps nothing.
  KeptValues(std::filesystem::path file, std::size_t most) : file_(std::move(file)), most_(most) {}

  /// The file of this name in cache_folder().
  static KeptValues in_cache(const std::string& name, std::size_t most);

  /// The value of a key; nothing if there is none.
  [[nodiscard]] std::optional<nlohmann::json> find(const std::string& key) const;

  void store(const std::string& key, const nlohmann::json& value) const;

 private:
  std::filesystem::path file_;
  std::size_t most_;
};

}  // namespace ocrtune
