#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "ocrtune/base/hash.h"

namespace ocrtune::server {

/// Readings of pages as they came (PageReading of the API), a file each, so that a server that is
/// started again needn't read again. Thread-safe.
class ReadingStore {
 public:
  /// `folder` is made when it is needed.
  explicit ReadingStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Nothing where it isn't there, or is damaged.
  [[nodiscard]] std::optional<nlohmann::json> find(const ContentHash& key) const;

  /// Throws Error(output_unwritable) where it can't be written.
  void keep(const ContentHash& key, const nlohmann::json& reading) const;

 private:
  [[nodiscard]] std::filesystem::path place(const ContentHash& key) const;

  std::filesystem::path folder_;
};

}  // namespace ocrtune::server
