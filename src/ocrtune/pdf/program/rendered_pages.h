#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

#include "ocrtune/image/image.h"
#include "ocrtune/image/limits.h"
#include "ocrtune/pdf/program/scans.h"

namespace poppler {
class document;
class image;
}  // namespace poppler

namespace ocrtune {

/// The pages of a PDF, rendered by Poppler at limits.pdf_dpi; if it is unset, scans at their own
/// resolution (scans.h). Not thread-safe.
class RenderedPages {
 public:
  /// The bytes must outlive it. Throws Error(input_unreadable) if they are damaged, locked with a
  /// password, or have more pages than the limit.
  RenderedPages(std::span<const std::byte> bytes, const DecodeLimits& limits);
  ~RenderedPages();

  [[nodiscard]] int count() const;

  /// How page `index`, from 0, is rendered.
  struct Size {
    int width = 0;   ///< px
    int height = 0;  ///< px
    Resolution dpi;
    bool is_scan = false;
    bool is_reduced = false;  ///< at the usual resolution it would exceed the limits
  };

  /// Throws Error(input_unreadable) if the page is damaged or too large.
  [[nodiscard]] Size size(int index) const;

  /// Throws Error(input_unreadable).
  [[nodiscard]] poppler::image render(int index, const Size& size) const;

 private:
  std::unique_ptr<poppler::document> document_;
  std::optional<PdfScans> scans_;  ///< none if a resolution is asked for
  DecodeLimits limits_;
};

}  // namespace ocrtune
