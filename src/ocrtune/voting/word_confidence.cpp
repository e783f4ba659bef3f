#include "ocrtune/voting/word_confidence.h"

#include <algorithm>
#include <cmath>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

// Fitted on the words of docs/explanation/confidence.md;
// bench/best_of_every_page/word_confidence.py measures how well they hold.
constexpr double kAtBest = 0.204;
constexpr double kOfProbability = 0.331;
constexpr double kOfKnown = 1.304;
constexpr double kOfSingle = -0.408;

/// Of all words, the share that lexicons have.
constexpr double kKnown = 0.63;

double log_odds(double probability) {
  constexpr double kLeast = 1e-4;
  const double bounded = std::clamp(probability, kLeast, 1 - kLeast);
  return std::log(bounded / (1 - bounded));
}

/// Where words are not written apart, those of engines are no words of a lexicon.
bool is_without_spaces(std::u32string_view word) {
  return std::ranges::any_of(word, is_written_without_spaces);
}

/// A word with punctuation is none of the lexicon: that is where engines err more often.
double known(std::u32string_view word, const IsWord& is_word) {
  if (!is_word || is_without_spaces(word)) return kKnown;
  return is_word(utf8(word)) ? 1 : 0;
}

}  // namespace

int word_confidence(std::u32string_view word, double least_probability, const IsWord& is_word) {
  const double odds = kAtBest + kOfProbability * log_odds(least_probability) +
                      kOfKnown * known(word, is_word) +
                      (word.size() == 1 && !is_without_spaces(word) ? kOfSingle : 0);
  return static_cast<int>(std::lround(100 / (1 + std::exp(-odds))));
}

}  // namespace ocrtune
