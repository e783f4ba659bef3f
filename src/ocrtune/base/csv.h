#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// One record of a CSV text.
using CsvRow = std::vector<std::string>;

/// Records of a CSV text (RFC 4180 quoting; LF, CRLF or CR; a byte order mark is skipped; empty
/// lines are left out). The delimiter is the one of `;`, tab and `,` that the first line has most
/// of. Throws Error(input_unreadable) naming `source` and the line for an unclosed quote, a text
/// that is not UTF-8, or one with NUL bytes.
std::vector<CsvRow> parse_csv(std::string_view text, std::string_view source);

/// One `;`-separated line with its line end; fields are quoted where they need it.
std::string csv_line(const CsvRow& row);

/// The shortest decimal text that reads back as the same double; empty for NaN.
std::string csv_number(double value);

}  // namespace ocrtune
