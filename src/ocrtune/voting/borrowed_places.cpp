#include "ocrtune/voting/borrowed_places.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "ocrtune/base/edit_alignment.h"
#include "ocrtune/base/text.h"
#include "ocrtune/documents/box.h"
#include "ocrtune/voting/word_places.h"

namespace ocrtune {
namespace {

/// Bounds the time: the alignment of texts without anything in common takes the square.
constexpr std::size_t kMaxCharacters = 20'000;

/// A character of an OCR result, or the space after a word if there is one.
struct CharacterOfWord {
  std::uint32_t character = 0;
  std::size_t word = 0;
  std::size_t at = 0;    ///< within the word
  std::size_t size = 0;  ///< characters of the word
};

std::vector<CharacterOfWord> characters_of(const OcrResult& result) {
  std::vector<CharacterOfWord> all;
  for (std::size_t i = 0; i < result.words.size(); ++i) {
    const std::u32string text = code_points(result.words[i].text);
    for (std::size_t at = 0; at < text.size(); ++at)
      all.push_back({.character = text[at], .word = i, .at = at, .size = text.size()});
    const bool joined = i + 1 < result.words.size() && !result.words[i + 1].space_before;
    if (!joined)
      all.push_back({.character = U' ', .word = i, .at = text.size(), .size = text.size()});
  }
  return all;
}

std::vector<std::uint32_t> code_points_of(const std::vector<CharacterOfWord>& characters) {
  std::vector<std::uint32_t> all;
  all.reserve(characters.size());
  for (const CharacterOfWord& each : characters) all.push_back(each.character);
  return all;
}

using LineId = std::tuple<int, int, int>;

LineId line_id(const Word& word) { return {word.block, word.paragraph, word.line}; }

/// A part of a text line.
struct Part {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  std::size_t characters = 0;

  void add(const Part& other) {
    left = std::min(left, other.left);
    top = std::min(top, other.top);
    right = std::max(right, other.right);
    bottom = std::max(bottom, other.bottom);
    characters += other.characters;
  }
};

/// The part of its word's box that a character has, all of the same width.
Part part_of(const Word& word, const CharacterOfWord& character) {
  const auto edge = [&](std::size_t at) {
    return word.left + static_cast<int>((word.right - word.left) * static_cast<double>(at) /
                                        static_cast<double>(character.size));
  };
  return {.left = edge(character.at),
          .top = word.top,
          .right = edge(character.at + 1),
          .bottom = word.bottom,
          .characters = 1};
}

/// By word of `without`, the parts of text lines of `placed` that have its characters.
using Counterparts = std::vector<std::map<LineId, Part>>;

Counterparts counterparts(const OcrResult& without, const OcrResult& placed) {
  const std::vector<CharacterOfWord> read = characters_of(without);
  const std::vector<CharacterOfWord> known = characters_of(placed);
  Counterparts found(without.words.size());
  if (std::max(read.size(), known.size()) > kMaxCharacters) return found;
  std::size_t i = 0;
  std::size_t j = 0;
  for (const Edit edit : edit_alignment(code_points_of(read), code_points_of(known))) {
    if (edit == Edit::equal && read[i].at < read[i].size) {
      const Word& word = placed.words[known[j].word];
      const Part part = part_of(word, known[j]);
      const auto [line, is_new] = found[read[i].word].try_emplace(line_id(word), part);
      if (!is_new) line->second.add(part);
    }
    if (edit != Edit::missing) ++i;
    if (edit != Edit::added) ++j;
  }
  return found;
}

/// A word with the text line of its counterpart.
struct Placed {
  const Word* word = nullptr;
  LineId line;
};

/// Divides the space between two words of a text line among the words from `first` to `end`.
void share_space(std::vector<Word>& words, std::size_t first, std::size_t end, const Word& before,
                 const Word& after) {
  const std::int64_t start = before.right;
  const std::int64_t space = after.left - start;
  const auto count = static_cast<std::int64_t>(end - first);
  if (space < count) return;
  for (std::size_t i = first; i < end; ++i) {
    const auto part = static_cast<std::int64_t>(i - first);
    words[i].left = static_cast<int>(start + space * part / count);
    words[i].right = static_cast<int>(start + space * (part + 1) / count);
    words[i].top = std::min(before.top, after.top);
    words[i].bottom = std::max(before.bottom, after.bottom);
  }
}

double size_of(const Word& word) {
  return static_cast<double>(std::max<std::size_t>(1, code_points(word.text).size()));
}

double character_width(const Word& word) {
  return static_cast<double>(box_of(word).width()) / size_of(word);
}

/// Places a word beside one of its own line, on the right or the left of it, as wide as its
/// characters there; not beyond the page.
void place_beside(Word& word, const Word& neighbour, bool right, int page_width) {
  const double width = character_width(neighbour);
  const double first =
      right ? neighbour.right + width : neighbour.left - width * (1 + size_of(word));
  word.left = static_cast<int>(std::clamp(first, 0.0, static_cast<double>(page_width)));
  word.right = static_cast<int>(
      std::clamp(first + width * size_of(word), 0.0, static_cast<double>(page_width)));
  word.top = neighbour.top;
  word.bottom = neighbour.bottom;
}

void extend_lines(std::vector<Word>& words, int page_width) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!has_box(words[i]) && has_box(words[i - 1]) && same_line(words[i], words[i - 1]))
      place_beside(words[i], words[i - 1], true, page_width);
  }
  for (std::size_t i = words.size(); i-- > 1;) {
    if (!has_box(words[i - 1]) && has_box(words[i]) && same_line(words[i], words[i - 1]))
      place_beside(words[i - 1], words[i], false, page_width);
  }
}

/// Makes words that touch each other narrower, so that programs that extract text, which go by the
/// space between boxes, do not take them for one word.
void separate(std::vector<Word>& words) {
  constexpr double kSpace = 0.4;  // of a character's width
  for (std::size_t i = 1; i < words.size(); ++i) {
    Word& left = words[i - 1];
    Word& right = words[i];
    if (!right.space_before || !has_box(left) || !has_box(right) || right.top >= left.bottom ||
        left.top >= right.bottom)
      continue;
    const double wanted = kSpace * std::min(character_width(left), character_width(right));
    const int there = right.left - left.right;
    if (there < 0 || there >= wanted) continue;
    const int share = static_cast<int>(std::ceil((wanted - there) / 2));
    left.right = std::max(left.left + 1, left.right - share);
    right.left = std::min(right.right - 1, right.left + share);
  }
}

}  // namespace

void borrow_places(OcrResult& without, const OcrResult& placed) {
  const Counterparts found = counterparts(without, placed);
  Placed before;
  std::size_t first_open = 0;
  for (std::size_t i = 0; i < without.words.size(); ++i) {
    if (found[i].empty()) continue;
    const auto& [line, part] = *std::ranges::max_element(
        found[i], {}, [](const auto& entry) { return entry.second.characters; });
    Word& word = without.words[i];
    word.left = part.left;
    word.top = part.top;
    word.right = part.right;
    word.bottom = part.bottom;
    if (before.word != nullptr && before.line == line && first_open < i)
      share_space(without.words, first_open, i, *before.word, word);
    before = {.word = &word, .line = line};
    first_open = i + 1;
  }
  extend_lines(without.words, placed.width);
  separate(without.words);
}

}  // namespace ocrtune
