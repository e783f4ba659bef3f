#pragma once

#include <cstdint>
#include <optional>

namespace ocrtune {

/// Limits for files from outside; docs/reference/pages.md states the same numbers.
struct DecodeLimits {
  int max_side = 32767;                          ///< px; Tesseract's own limit
  std::int64_t max_pixels = 250'000'000;         ///< px per page
  std::uint64_t max_file_bytes = 4'000'000'000;  ///< a larger file is not read at all
  int max_pages = 5000;                          ///< pages in one file
  /// Resolution at which PDF pages are rendered, dpi. Unset: a scan's own, 300 for other pages.
  std::optional<int> pdf_dpi;
  /// Whether images of open books are divided into their two pages, where a gutter is found.
  bool split_double_pages = false;
  /// Memory that a process that parses a file may use, bytes; it may use less for small files.
  std::uint64_t parser_memory = 1'000'000'000'000;
};

/// Whether a page of this size, px, is within the limits.
bool fits(double width, double height, const DecodeLimits& limits);

/// Throws Error(input_unreadable) "is too large: WxH px, the limit is …" or "has no pixels".
void check_size(double width, double height, const DecodeLimits& limits);

}  // namespace ocrtune
