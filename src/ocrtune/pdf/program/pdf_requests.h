#pragma once

#include <poppler/cpp/poppler-image.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <opencv2/core/mat.hpp>
#include <optional>

#include "ocrtune/parsers/program/answers.h"
#include "ocrtune/pdf/program/document_texts.h"
#include "ocrtune/pdf/program/rendered_pages.h"
#include "ocrtune/pdf/program/smaller_images.h"

namespace ocrtune {

/// Answers what pdf/render, pdf/pdf_edit and pdf/shrink_images ask, about one PDF at a time. Not
/// thread-safe.
class PdfRequests {
 public:
  /// Throws Error as what it calls.
  nlohmann::json answer(ParserRequest& request);

 private:
  nlohmann::json open(ParserRequest& request);
  nlohmann::json size(const nlohmann::json& request);
  nlohmann::json render(const nlohmann::json& request);
  nlohmann::json gray();
  nlohmann::json colour();
  nlohmann::json edit(ParserRequest& request);
  nlohmann::json look(const nlohmann::json& request);
  nlohmann::json prepare(const nlohmann::json& request);
  nlohmann::json write(ParserRequest& request);
  nlohmann::json shrink(ParserRequest& request);
  nlohmann::json next_image(const nlohmann::json& request);
  nlohmann::json shorten(const nlohmann::json& request);
  nlohmann::json write_images();
  void close();

  std::unique_ptr<MappedFile> file_;
  std::optional<RenderedPages> pages_;
  std::optional<DocumentTexts> texts_;
  std::optional<SmallerImages> images_;
  poppler::image rendered_;
  cv::Mat page_;  // its pixels in BGR
};

}  // namespace ocrtune
