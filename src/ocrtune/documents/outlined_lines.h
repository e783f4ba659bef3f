#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/documents/box.h"

namespace ocrtune {

/// A corner of an outline: from the left and the upper edge, in the unit of its file, px if nothing
/// else is said. At most kFarthestCorner from 0.
struct Corner {
  std::int64_t x = 0;
  std::int64_t y = 0;
  bool operator==(const Corner&) const = default;
};

/// Sums and products of coordinates do not overflow.
inline constexpr std::int64_t kFarthestCorner = 10'000'000;

/// The smallest box around corners; empty for none. Pure.
Box box_around(const std::vector<Corner>& corners);

/// A text line of a page, and where it is.
struct OutlinedLine {
  std::string text;             ///< UTF-8, one line, not empty
  std::vector<Corner> outline;  ///< a polygon of 3 to 10 000 corners; it may go beyond the page
};

/// The text lines of a document.
struct OutlinedLines {
  std::vector<OutlinedLine> lines;  ///< in the order of the transcript
  std::int64_t width = 0;         ///< of the page, in the outlines' unit; 0: the file says nothing
  std::int64_t height = 0;        ///< the same
  std::size_t without_place = 0;  ///< lines of the transcript that have no place in the file
};

/// The lines of PAGE XML, ALTO or hOCR, with the texts that they have in parse_document(). A line's
/// outline is its polygon, else its box, else the box around its words. The unit is the pixel;
/// where ALTO measures in mm or inches, lines have a place only if the page has a size in that
/// unit. Throws Error(input_unreadable) as parse_document(). Pure; thread-safe.
OutlinedLines outlined_lines(std::string_view document);

}  // namespace ocrtune
