#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ocrtune::lstm {

/// A character in the order of the line from left to right.
struct DirectedCharacter {
  std::string text;   ///< UTF-8
  int direction = 0;  ///< ICU's UCharDirection
};

/// A word in the order of its line from left to right.
using DirectedWord = std::vector<DirectedCharacter>;

/// A word at its place in reading order.
struct OrderedWord {
  std::size_t index = 0;        ///< from left to right
  std::string text;             ///< UTF-8, with marks of direction where it changes
  std::vector<int> characters;  ///< indices of its characters in reading order

  friend bool operator==(const OrderedWord&, const OrderedWord&) = default;
};

/// True for the directions (ICU's UCharDirection) of letters that are written from right to left.
bool is_right_to_left(int direction);

/// True if one of the characters is written from right to left.
bool has_right_to_left(std::span<const DirectedWord> words);

/// The words of each line in reading order, as Tesseract's ResultIterator gives them: words and
/// characters of scripts from right to left in their order, runs in the other direction and numbers
/// in theirs, with U+200E and U+200F where Tesseract sets them. Tesseract decides by paragraphs,
/// which it finds in its text; nothing if the result depends on where they begin. Pure.
std::optional<std::vector<std::vector<OrderedWord>>> reading_order(
    std::span<const std::vector<DirectedWord>> lines);

}  // namespace ocrtune::lstm
