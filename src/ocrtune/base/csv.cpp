#include "ocrtune/base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

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

  CsvRecord next() {
    CsvRecord record{.fields = {}, .line = line_at(position_)};
    do {
      record.fields.push_back(field());
    } while (take(delimiter_));
    take('\r');
    take('\n');
    return record;
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
        throw Error(Errc::input_unreadable,
                    tr("{}: line {}: a quoted field is not closed", source_, line_at(start)));
      }
      value += text_.substr(position_, quote - position_);
      position_ = quote + 1;
      if (!take('"')) break;
      value += '"';
    }
    // Text after the closing quote belongs to the field, as in spreadsheets.
    return value.append(until_separator());
  }

  /// The line of a position; positions must not decrease from call to call.
  std::size_t line_at(std::size_t position) {
    for (; counted_ < position; ++counted_) {
      const char c = text_[counted_];
      const bool ends = c == '\n' || (c == '\r' && text_.substr(counted_ + 1, 1) != "\n");
      line_ += ends ? 1U : 0U;
    }
    return line_;
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
  std::size_t counted_ = 0;  ///< characters whose line ends are counted
  std::size_t line_ = 1;     ///< of the next character
};

}  // namespace

std::vector<CsvRecord> parse_csv_records(std::string_view text, std::string_view source) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.find('\0') != std::string_view::npos || !is_utf8(text)) {
    throw Error(Errc::input_unreadable, tr("{}: is not UTF-8 text", source));
  }
  std::vector<CsvRecord> records;
  CsvReader reader(text, source);
  for (reader.skip_empty_lines(); !reader.at_end(); reader.skip_empty_lines()) {
    records.push_back(reader.next());
  }
  return records;
}

std::vector<CsvRow> parse_csv(std::string_view text, std::string_view source) {
  std::vector<CsvRow> rows;
  for (CsvRecord& record : parse_csv_records(text, source))
    rows.push_back(std::move(record.fields));
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
