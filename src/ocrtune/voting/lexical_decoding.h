#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace ocrtune {

/// What may stand at a place of a text line.
struct PlaceCandidate {
  char32_t character = 0;  ///< kNoCharacter: nothing
  double evidence = 0;
};

/// A text line as a confusion network (Mangu, Brill & Stolcke 2000): by place the candidates, at
/// least one, the one with the most evidence first.
using ConfusionNetwork = std::vector<std::vector<PlaceCandidate>>;

/// Whether a language has a word (UTF-8, without punctuation).
using IsWord = std::function<bool(std::string_view)>;

/// The most evidence that is given up for words of the lexicon. Chosen on real pages
/// (docs/explanation/best_of_every_page.md).
struct LexicalWeights {
  double word = 2.5;  ///< by the characters of a word
  double join = 4;    ///< by the spaces within a word
};

/// By place, the index of the candidate to keep: the first one, unless words that the lexicon does
/// not have become words that it has, by other candidates or without spaces, for the least evidence
/// given up. At most three characters of a word change, and none of one with fewer than four
/// letters and digits, more than forty characters, or two digits; spaces go only between letters. A
/// name or a foreign word may become a word of the lexicon in this way. Pure; thread-safe if
/// `is_word` is.
std::vector<std::size_t> decode_with_lexicon(const ConfusionNetwork& network, const IsWord& is_word,
                                             const LexicalWeights& weights = {});

}  // namespace ocrtune
