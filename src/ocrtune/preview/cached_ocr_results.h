#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "ocrtune/preview/page_recognizer.h"

namespace ocrtune {

/// OCR results of original pages, one file each, so that a restarted program need not repeat OCR.
/// Thread-safe.
class CachedOcrResults {
 public:
  /// `folder` is created when it is needed. `recognizer` must outlive this.
  CachedOcrResults(std::filesystem::path folder, PageRecognizer& recognizer)
      : folder_(std::move(folder)), recognizer_(recognizer) {}

  /// page_ocr_result of api.schema.json; nothing if none is stored, or it is damaged.
  std::optional<nlohmann::json> find(const Page& page) const;

  /// The stored result; if there is none, runs OCR and stores the result. Throws Error(not_found)
  /// for a page that does not exist, Error(interrupted) if `stop` became true,
  /// Error(output_unwritable), and as PageRecognizer::read and Corpus::image.
  nlohmann::json get(const Corpus& corpus, std::size_t page, const std::atomic<bool>& stop) const;

 private:
  [[nodiscard]] std::filesystem::path place_of(const Page& page) const;

  std::filesystem::path folder_;
  PageRecognizer& recognizer_;
};

}  // namespace ocrtune
