#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace ocrtune::workflow {

/// Pages per second of each way to run stages, by its name.
using StageRates = std::map<std::string, double>;

/// Stage rates measured earlier on this machine, in a file of the user's cache folder. Entries that
/// cannot be read count as unknown; those that cannot be written are measured again next time.
class KnownRates {
 public:
  explicit KnownRates(std::filesystem::path file) : file_(std::move(file)) {}

  /// `key` contains everything that affects the rates.
  [[nodiscard]] std::optional<StageRates> find(const std::string& key) const;

  /// Keeps up to 64 keys and drops the others.
  void store(const std::string& key, const StageRates& rates) const;

 private:
  std::filesystem::path file_;
};

}  // namespace ocrtune::workflow
