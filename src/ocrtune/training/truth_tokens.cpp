#include "ocrtune/training/truth_tokens.h"

#include <algorithm>

#include "ocrtune/base/text.h"

namespace ocrtune::training {
namespace {

void add_words_of(std::u32string_view line, std::vector<Token>& tokens) {
  char32_t before = U' ';
  for (const char32_t character : line) {
    if (character != U' ') {
      const bool own = is_written_without_spaces(before) || is_written_without_spaces(character);
      if (before == U' ' || own) tokens.push_back({.text = {}, .space_before = before == U' '});
      tokens.back().text += character;
    }
    before = character;
  }
  if (!line.empty()) tokens.back().ends_line = true;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    add_words_of(normalized_code_points(text.substr(0, end)), tokens);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return tokens;
}

std::u32string text_of(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  std::u32string text;
  for (std::size_t at = begin; at < end; ++at) {
    if (at > begin && tokens[at].space_before) text += U' ';
    text += tokens[at].text;
  }
  return text;
}

}  // namespace ocrtune::training
