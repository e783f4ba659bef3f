#include "ocrtune/corpus/open_pages.h"

#include "ocrtune/base/translation.h"
#include "ocrtune/heif/heif_file.h"
#include "ocrtune/image/format.h"
#include "ocrtune/image/image_file.h"
#include "ocrtune/image/unreadable.h"
#include "ocrtune/pdf/render.h"

namespace ocrtune {

std::unique_ptr<PageFile> open_pages(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  if (bytes.empty()) unreadable(tr("is empty"));
  const Format format = format_of(bytes);
  if (format == Format::pdf) return open_pdf(bytes, limits);
  if (format == Format::heif) return open_heif(bytes, limits);
  if (format == Format::unknown)
    unreadable(
        tr("is not an image: PNG, JPEG, JPEG 2000, TIFF, WebP, HEIF, AVIF, BMP, GIF, PNM and PDF "
           "can be read"));
  return open_image_file(format, bytes, limits);
}

}  // namespace ocrtune
