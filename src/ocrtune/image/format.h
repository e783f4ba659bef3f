#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// Kinds of files that hold pages. `heif` has AVIF files too.
enum class Format { png, jpeg, jpeg2000, tiff, webp, heif, bmp, gif, pnm, pdf, unknown };

/// The format by the file's first bytes, never by its name. Thread-safe.
Format format_of(std::span<const std::byte> bytes);

/// True for the file name extensions that a folder is searched for (page_extensions()), in any
/// case. `extension` includes the dot.
bool is_page_extension(std::string_view extension);

/// Those extensions, in lower case.
std::span<const std::string_view> page_extensions();

/// Contents of a single-page file's header.
struct Header {
  int width = 0;   ///< px
  int height = 0;  ///< px
  bool alpha = false;
  Resolution dpi;
};

/// Reads the header of a PNG, JPEG, WebP, BMP, GIF or PNM file without decoding its pixels. Throws
/// Error(input_unreadable) if it is damaged. Thread-safe.
Header read_header(Format format, std::span<const std::byte> bytes);

/// Throws Error(input_unreadable) if a PNG, JPEG or BMP file ends early or a PNG chunk is damaged;
/// the decoders would fill in the missing rows. Other formats pass. Thread-safe.
void check_complete(Format format, std::span<const std::byte> bytes);

/// A JPEG file that lacks its end mark, with one; empty if it has one. Thread-safe.
std::vector<std::byte> with_end_mark(std::span<const std::byte> bytes);

}  // namespace ocrtune
