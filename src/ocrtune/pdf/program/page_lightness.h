#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <span>

#include "ocrtune/pdf/pdf_page_place.h"
#include "ocrtune/pdf/program/rendered_pages.h"

namespace ocrtune {

/// How light parts of the pages of a PDF are as they are shown. Renders a page once it is asked
/// for. Not thread-safe.
class PageLightness {
 public:
  /// The bytes must outlive it.
  explicit PageLightness(std::span<const std::byte> bytes) : bytes_(bytes) {}

  /// That of most of `part` of page `index`, from 0, black, to 1, white; nothing if it cannot be
  /// rendered. `page`: where the page is.
  std::optional<double> of(int index, const PdfPagePlace& page, const PdfBox& part);

 private:
  void render(int index, const PdfPagePlace& page);

  std::span<const std::byte> bytes_;
  std::optional<RenderedPages> pages_;
  int rendered_ = -1;
  cv::Mat gray_;  // of that page; empty if it cannot be rendered
};

}  // namespace ocrtune
