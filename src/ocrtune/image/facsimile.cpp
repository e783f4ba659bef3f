#include "ocrtune/image/facsimile.h"

#include <optional>
#include <utility>

#include "ocrtune/image/embedded_jpeg.h"
#include "ocrtune/image/embedded_jpeg2000.h"
#include "ocrtune/image/format.h"
#include "ocrtune/image/png_rows.h"
#include "ocrtune/image/tiff.h"

namespace ocrtune {
namespace {

using Bytes = std::span<const std::byte>;

std::optional<Facsimile> of_jpeg(Bytes bytes, const Image& page) {
  const std::vector<std::byte> completed = with_end_mark(bytes);
  return embedded_jpeg(completed.empty() ? bytes : Bytes(completed), page);
}

/// The rows of the file, or shorter ones of the same pixels.
std::optional<Facsimile> of_png(Bytes bytes, PageFile& file, int index, const Image& page) {
  std::optional<Facsimile> rows = png_rows(bytes, page.dpi);
  // What is decoded has 8 bits a sample.
  if (!rows || rows->bits > 8) return rows;
  const bool is_gray = rows->channels == 1 && rows->palette.empty();
  const Image decoded = is_gray ? page : file.decode(index, true);
  const bool has_colours = !decoded.colour.empty();
  std::optional<Facsimile> shorter =
      facsimile_of_few_colours(has_colours ? decoded.colour : decoded.gray, page.dpi);
  if (!shorter && rows->channels == 3 && !has_colours)
    shorter = shortest_facsimile(decoded.gray, page.dpi);
  return shorter && embedded_bytes(*shorter) < embedded_bytes(*rows) ? shorter : rows;
}

std::optional<Facsimile> of_tiff(Bytes bytes, PageFile& file, int index) {
  StoredJpeg stored = jpeg_of_tiff(bytes, file.origin(index).page);
  if (stored.file.empty()) return std::nullopt;
  return embedded_jpeg_of(std::move(stored.file), stored.orientation, file.decode(index, true));
}

}  // namespace

Facsimile facsimile_of(const Image& page) {
  return shortest_facsimile(page.colour.empty() ? page.gray : page.colour, page.dpi);
}

Facsimile facsimile_of(std::span<const std::byte> bytes, PageFile& file, int index,
                       const Image& page) {
  if (file.is_edited()) return facsimile_of(file.decode(index, true));
  std::optional<Facsimile> as_it_is;
  switch (format_of(bytes)) {
    case Format::jpeg:
      as_it_is = of_jpeg(bytes, page);
      break;
    case Format::png:
      as_it_is = of_png(bytes, file, index, page);
      break;
    case Format::tiff:
      as_it_is = of_tiff(bytes, file, index);
      break;
    case Format::jpeg2000:
      as_it_is = embedded_jpeg2000(bytes, page);
      break;
    default:
      break;
  }
  return as_it_is ? *std::move(as_it_is) : facsimile_of(file.decode(index, true));
}

}  // namespace ocrtune
