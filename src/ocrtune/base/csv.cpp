#include "ocrtune/base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

char delimiter_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
  char best = ';';
  for (const char candidate : {';', '\t', ','}) {
    if (std::ranges::count(first, candidate) > std::ranges::count(first, best)) best = candidate;
  }
  return best;
}

/// Reads records one by one from a text.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view source)
      : text_(text), source_(source), delimiter_(delimiter_of(text)) {}

  [[nodiscard]] bool at_end() const { return position_ >= text_.size(); }

  void skip_empty_lines() {
    while (take('\r') || take('\n')) continue;
  }

  CsvRow next() {
    CsvRow row;
    do {
      row.push_back(field());
    } while (take(delimiter_));
    take('\r');
    take('\n');
    return row;
  }

 private:
  std::string field() { return take('"') ? quoted_field() : std::string(until_separator()); }

  std::string_view until_separator() {
    const std::size_t start = position_;
    while (!at_end() && text_[position_] != delimiter_ && text_[position_] != '\r' &&
           text_[position_] != '\n') {
      ++position_;
    }
    return text_.substr(start, position_ - start);
  }

  std::string quoted_field() {
    const std::size_t start = position_;
    std::string value;
    for (;;) {
      const std::size_t quote = text_.find('"', position_);
      if (quote == std::string_view::npos) {
        throw Error(Errc::input_unreadable, fmt::format("{}: line {}: a quoted field is not closed",
                                                        source_, line_at(start)));
      }
      value += text_.substr(position_, quote - position_);
      position_ = quote + 1;
      if (!take('"')) break;
      value += '"';
    }
    // What follows the closing quote belongs to the field, as spreadsheets read it.
    return value.append(until_separator());
  }

  [[nodiscard]] std::size_t line_at(std::size_t position) const {
    std::size_t line = 1;
    for (std::size_t i = 0; i < position; ++i) {
      const bool ends = text_[i] == '\n' || (text_[i] == '\r' && text_[i + 1] != '\n');
      line += ends ? 1U : 0U;
    }
    return line;
  }

  bool take(char c) {
    if (at_end() || text_[position_] != c) return false;
    ++position_;
    return true;
  }

  std::string_view text_;
  std::string_view source_;
  char delimiter_;
  std::size_t position_ = 0;
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, std::string_view source) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.find('\0') != std::string_view::npos || !is_utf8(text)) {
    throw Error(Errc::input_unreadable, fmt::format("{}: is not a UTF-8 text", source));
  }
  std::vector<CsvRow> rows;
  CsvReader reader(text, source);
  for (reader.skip_empty_lines(); !reader.at_end(); reader.skip_empty_lines()) {
    rows.push_back(reader.next());
  }
  return rows;
}

std::string csv_line(const CsvRow& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += ';';
    const std::string& field = row[i];
    const bool lone_empty = row.size() == 1 && field.empty();
    if (field.find_first_of(";\"\r\n") == std::string::npos && !lone_empty) {
      line += field;
      continue;
    }
    line += '"';
    for (const char c : field) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line += '\n';
}

std::string csv_number(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

}  // namespace ocrtune
