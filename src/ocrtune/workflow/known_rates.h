#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace ocrtune::workflow {

/// How many pages a second each way to run stages did, by the way's name.
using StageRates = std::map<std::string, double>;

/// What was measured on this machine before, in a file of the user's cache. What can't be read
/// there isn't known, and what can't be written is measured again.
class KnownRates {
 public:
  explicit KnownRates(std::filesystem::path file) : file_(std::move(file)) {}

  /// `key` is everything that rates hang on.
  [[nodiscard]] std::optional<StageRates> find(const std::string& key) const;

  /// Up to 64 keys are kept, the others forgotten.
  void remember(const std::string& key, const StageRates& rates) const;

 private:
  std::filesystem::path file_;
};

/// $XDG_CACHE_HOME/ocrtune, or ~/.cache/ocrtune; empty where neither is told.
std::filesystem::path cache_folder();

}  // namespace ocrtune::workflow
