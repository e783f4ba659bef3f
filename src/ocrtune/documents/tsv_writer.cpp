#include "ocrtune/documents/tsv_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr const char* kHeader =
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\t"
    "text\n";
constexpr std::size_t kFields = 12;
constexpr long long kLargest = 1'000'000'000;

using Fields = std::array<std::string_view, kFields>;

/// The columns of a row; the last one has the rest of it.
std::optional<Fields> fields_of(std::string_view row) {
  Fields fields;
  for (std::size_t i = 0; i + 1 < kFields; ++i) {
    const std::size_t end = row.find('\t');
    if (end == std::string_view::npos) return std::nullopt;
    fields[i] = row.substr(0, end);
    row.remove_prefix(end + 1);
  }
  fields[kFields - 1] = row;
  return fields;
}

std::optional<int> whole(std::string_view text) {
  long long number = 0;
  if (!parse_number(text, number) || number < 0 || number > kLargest) return std::nullopt;
  return static_cast<int>(number);
}

std::optional<Word> word_of(const Fields& fields) {
  std::array<int, 8> numbers{};  // from block_num to height
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto number = whole(fields.at(i + 2));
    if (!number) return std::nullopt;
    numbers.at(i) = *number;
  }
  double confidence = 0;
  if (!parse_number(fields[10], confidence) || !is_utf8(fields[11])) return std::nullopt;
  return Word{.text = std::string(fields[11]),
              .confidence = static_cast<int>(std::clamp(confidence, 0.0, 100.0)),
              .left = numbers[4],
              .top = numbers[5],
              .right = numbers[4] + numbers[6],
              .bottom = numbers[5] + numbers[7],
              .block = numbers[0],
              .paragraph = numbers[1],
              .line = numbers[2],
              .index = numbers[3]};
}

}  // namespace

std::string tsv_text(const OcrResult& ocr_result, int page_number) {
  std::string text = kHeader;
  for (const Word& word : ocr_result.words) {
    text += fmt::format("5\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", page_number, word.block,
                        word.paragraph, word.line, word.index, word.left, word.top,
                        word.right - word.left, word.bottom - word.top, word.confidence, word.text);
  }
  return text;
}

OcrResult parse_tsv(std::string_view text) {
  OcrResult result;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line == 1 || row.empty()) continue;
    const auto fields = fields_of(row);
    if (fields && (*fields)[0] != "5") continue;
    const auto word = fields ? word_of(*fields) : std::nullopt;
    if (!word) throw Error(Errc::input_unreadable, tr("line {}: not a row of TSV", line));
    result.words.push_back(*word);
    if (result.words.size() > 1) {
      const Word& before = result.words[result.words.size() - 2];
      const bool in_line = before.block == word->block && before.paragraph == word->paragraph &&
                           before.line == word->line;
      result.words.back().space_before = !(in_line && join_without_space(before.text, word->text));
    }
  }
  return result;
}

}  // namespace ocrtune
