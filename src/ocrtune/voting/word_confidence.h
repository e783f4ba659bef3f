#pragma once

#include <string_view>

#include "ocrtune/voting/lexical_decoding.h"

namespace ocrtune {

/// The probability, in percent, that a word of a vote by characters is correct, from that of its
/// least probable character, 0 to 1, whether it is a word of the lexicon without punctuation, and
/// whether it is a single character. A logistic regression on words with ground truth, judged by
/// leaving out whole sources of pages (docs/explanation/confidence.md). Without `is_word`, and in
/// scripts without spaces, the mean over words is assumed. Pure; thread-safe if `is_word` is.
int word_confidence(std::u32string_view word, double least_probability, const IsWord& is_word);

}  // namespace ocrtune
