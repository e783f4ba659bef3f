#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::training {

/// A word of a text, or a character of a script that has no spaces between words.
struct Token {
  std::u32string text;
  bool space_before = false;  ///< a space or a line break
  bool ends_line = false;     ///< the text has a line break behind it
};

/// The tokens of UTF-8 text (NFC), in their order. Pure; thread-safe.
std::vector<Token> tokens_of(std::string_view text);

/// The text of consecutive tokens: between them single spaces where the text has white space,
/// none at the ends. Pure; thread-safe.
std::u32string text_of(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

}  // namespace ocrtune::training
