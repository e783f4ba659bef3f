#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <opencv2/core/mat.hpp>
#include <optional>

#include "ocrtune/heif/program/heif_images.h"
#include "ocrtune/parsers/program/answers.h"

namespace ocrtune {

/// Answers the requests about HEIF and AVIF files (heif/heif_file.cpp). Not thread-safe.
class HeifRequests {
 public:
  /// Throws Error if the file cannot be decoded.
  nlohmann::json answer(ParserRequest& request);

 private:
  nlohmann::json open(ParserRequest& request);
  nlohmann::json size(const nlohmann::json& request);
  nlohmann::json decode(const nlohmann::json& request);
  nlohmann::json pixels();

  std::unique_ptr<MappedFile> file_;
  std::optional<HeifImages> images_;
  cv::Mat decoded_;
};

}  // namespace ocrtune
