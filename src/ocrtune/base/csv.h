#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// One record of a CSV text.
using CsvRow = std::vector<std::string>;

/// A record and its position.
struct CsvRecord {
  CsvRow fields;         ///< at least one
  std::size_t line = 0;  ///< of the record's beginning, from 1
};

/// Records of a CSV text (RFC 4180 quoting; LF, CRLF or CR; a byte order mark is skipped; empty
/// lines are left out). The delimiter is `;`, tab or `,`, whichever occurs most often in the first
/// line. Throws Error(input_unreadable) naming `source` and the line for an unclosed quote, a text
/// that is not UTF-8, or a text with NUL bytes.
std::vector<CsvRecord> parse_csv_records(std::string_view text, std::string_view source);

/// The fields of these records.
std::vector<CsvRow> parse_csv(std::string_view text, std::string_view source);

/// One `;`-separated line with its line end; fields are quoted if they need it.
std::string csv_line(const CsvRow& row);

/// The shortest decimal text that reads back as the same double; empty for NaN.
std::string csv_number(double value);

}  // namespace ocrtune
