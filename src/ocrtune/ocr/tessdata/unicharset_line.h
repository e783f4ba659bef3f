#pragma once

#include <optional>
#include <string_view>

namespace ocrtune::tessdata {

/// A line of a unicharset file, unprocessed; views into the line.
struct UnicharLine {
  std::string_view text;
  unsigned properties = 0;  ///< bits: 1 alpha, 2 lower, 4 upper, 8 digit, 16 punctuation
  std::string_view script = "NULL";
  std::optional<int> other_case;
  int direction = 0;
  std::optional<int> mirror;
  std::string_view normed;
};

/// Parses a line of any version of the format: text, properties, then more and more fields in later
/// versions: script, other case, ranges of position, direction, mirror, statistics of width, normed
/// text. The formats are tried from the newest; as in Tesseract, values that were read by a format
/// that does not fit remain if the one that fits does not set them. Nothing if text or properties
/// are missing.
std::optional<UnicharLine> parse_unichar_line(std::string_view line);

}  // namespace ocrtune::tessdata
