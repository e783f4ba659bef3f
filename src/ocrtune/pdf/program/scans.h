#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// Finds the pages of a PDF that are scans: images cover most of the page, and its only text is the
/// invisible layer of an earlier OCR. Not thread-safe.
class PdfScans {
 public:
  /// The bytes must outlive this. If they are not a PDF, no page is a scan.
  explicit PdfScans(std::span<const std::byte> bytes);
  ~PdfScans();
  PdfScans(PdfScans&&) noexcept;
  PdfScans& operator=(PdfScans&&) noexcept;

  /// If page `index`, from 0, is a scan: the resolution of its finest layer, across and down the
  /// page as displayed. Layers are images, masks, soft masks and stencils, as in compact ("MRC")
  /// PDF files, whose colours are coarse and whose text is fine. It may be anything: a photograph's
  /// or a film's pixels count, whatever their resolution.
  [[nodiscard]] std::optional<Resolution> resolution(int index) const;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
};

}  // namespace ocrtune
