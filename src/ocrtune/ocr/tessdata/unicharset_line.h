#pragma once

#include <optional>
#include <string_view>

namespace ocrtune::tessdata {

/// A line of a unicharset file as it is written; views into the line.
struct UnicharLine {
  std::string_view text;
  unsigned properties = 0;  ///< bits: 1 alpha, 2 lower, 4 upper, 8 digit, 16 punctuation
  std::string_view script = "NULL";
  std::optional<int> other_case;
  int direction = 0;
  std::optional<int> mirror;
  std::string_view normed;
};

/// Reads a line of any format there has been: text, properties, then with more and more fields
/// over the years: script, other case, ranges of position, direction, mirror, statistics of width,
/// normed text. The formats are tried from the newest; as in Tesseract, what a format that does not
/// fit has read stays where the one that fits says nothing. Nothing where text or properties are
/// missing.
std::optional<UnicharLine> parse_unichar_line(std::string_view line);

}  // namespace ocrtune::tessdata
