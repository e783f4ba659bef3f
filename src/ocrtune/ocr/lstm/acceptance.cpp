#include "ocrtune/ocr/lstm/acceptance.h"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

namespace ocrtune::lstm {
namespace {

// Tesseract's stopper_nondict_certainty_base, stopper_certainty_per_char, stopper_smallword_size.
constexpr float kLeastCertainty = -2.5F;
constexpr double kPerLetter = -0.5;
constexpr int kSmallWord = 2;

/// States of Tesseract's test of upper and lower case (its case_state_table).
enum State : int { kWrong = -1, kStart, kCapital, kLower, kUpper, kDigit, kSingleLower };

struct Next {
  State other;
  State upper;
  State lower;
  State digit;
};

constexpr std::array<Next, 6> kNext = {{{kStart, kCapital, kSingleLower, kDigit},
                                        {kStart, kUpper, kLower, kDigit},
                                        {kStart, kWrong, kLower, kWrong},
                                        {kStart, kUpper, kWrong, kDigit},
                                        {kStart, kWrong, kWrong, kDigit},
                                        {kSingleLower, kWrong, kLower, kWrong}}};

State next_state(State state, const tessdata::Unichar& character) {
  const Next& next = kNext[static_cast<std::size_t>(state)];
  if (character.upper) return next.upper;
  if (character.lower) return next.lower;
  return character.digit ? next.digit : next.other;
}

bool has_usual_case(const DecodedWord& word, const tessdata::Unicharset& unicharset) {
  State state = kStart;
  for (const DecodedChar& c : word.chars) {
    state = next_state(state, unicharset[c.unichar]);
    if (state == kWrong) return false;
  }
  return state != kSingleLower;
}

bool is_word(const DecodedWord& word, const Dictionary& dictionary) {
  std::vector<int> unichars;
  unichars.reserve(word.chars.size());
  for (const DecodedChar& c : word.chars) unichars.push_back(c.unichar);
  return dictionary.is_word(unichars);
}

/// Letters of the shortest run of letters; 0 without letters.
int shortest_run(const DecodedWord& word, const tessdata::Unicharset& unicharset) {
  constexpr int kNone = std::numeric_limits<int>::max();
  int shortest = kNone;
  int run = 0;
  for (const DecodedChar& c : word.chars) {
    if (unicharset[c.unichar].alpha) {
      ++run;
    } else if (run > 0) {
      shortest = std::min(shortest, run);
      run = 0;
    }
  }
  if (run > 0) shortest = std::min(shortest, run);
  return shortest == kNone ? 0 : shortest;
}

}  // namespace

bool is_acceptable(const DecodedWord& word, const Model& model) {
  if (word.chars.empty()) return false;
  float threshold = kLeastCertainty;
  if (word.certainty <= threshold && is_word(word, model.dictionary) &&
      has_usual_case(word, model.unicharset)) {
    const int letters = std::max(shortest_run(word, model.unicharset) - kSmallWord, 0);
    threshold = static_cast<float>(static_cast<double>(threshold) + letters * kPerLetter);
  }
  return word.certainty > threshold;
}

}  // namespace ocrtune::lstm
