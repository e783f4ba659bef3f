#pragma once

#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/voting/character_alignment.h"
#include "ocrtune/voting/lexical_decoding.h"

namespace ocrtune {

/// What was kept at a place of a text line.
struct KeptCharacter {
  char32_t character = kNoCharacter;  ///< kNoCharacter: nothing
  double probability = 0;             ///< of it among what the engines have there, 0 to 1
};

/// A text line after a vote by characters.
struct VotedLine {
  const std::vector<AlignedColumn>& columns;
  std::vector<KeptCharacter> places;  ///< one for each column
};

/// The words of a line, which end at its spaces. A word's box is that of the engine that has most
/// of its characters; its confidence is word_confidence() of the least probable of them; its
/// alternatives are what else the engines have in its place, see add_alternative(), those that most
/// engines have first. Blocks, paragraphs and lines are not set. Pure; thread-safe if `is_word`
/// is.
std::vector<Word> words_of(const VotedLine& line, const IsWord& is_word);

}  // namespace ocrtune
