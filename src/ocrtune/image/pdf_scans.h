#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// Tells which pages of a PDF are scans: most of the page is images, and what text it has is the
/// invisible layer of an earlier reading. Not thread-safe.
class PdfScans {
 public:
  /// The bytes must outlive this. Of what isn't a PDF no page is a scan.
  explicit PdfScans(std::span<const std::byte> bytes);
  ~PdfScans();
  PdfScans(PdfScans&&) noexcept;
  PdfScans& operator=(PdfScans&&) noexcept;

  /// Where page `index`, from 0, is a scan: the resolution of its largest image, across and down
  /// the page as it is shown. Nothing where that is below kLeastPdfDpi or above kMostPdfDpi.
  [[nodiscard]] std::optional<Resolution> resolution(int index) const;

 private:
  struct Document;
  std::unique_ptr<Document> document_;
};

}  // namespace ocrtune
