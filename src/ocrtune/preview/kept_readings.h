#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "ocrtune/preview/page_reader.h"

namespace ocrtune {

/// Readings of pages as they came, a file each, so that a program that is started again needn't
/// read again. Thread-safe.
class KeptReadings {
 public:
  /// `folder` is made when it is needed. `reader` outlives this.
  KeptReadings(std::filesystem::path folder, PageReader& reader)
      : folder_(std::move(folder)), reader_(reader) {}

  /// PageReading of web/src/contract/api.ts; nothing where none is kept, or it is damaged.
  std::optional<nlohmann::json> find(const Page& page) const;

  /// The kept one, or read now and kept. Throws Error(not_found) for a page that there isn't,
  /// Error(interrupted) where `stop` became true, Error(output_unwritable), and as PageReader::read
  /// and Corpus::image.
  nlohmann::json get(const Corpus& corpus, std::size_t page, const std::atomic<bool>& stop) const;

 private:
  [[nodiscard]] std::filesystem::path place_of(const Page& page) const;

  std::filesystem::path folder_;
  PageReader& reader_;
};

}  // namespace ocrtune
