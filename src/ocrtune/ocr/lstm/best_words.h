#pragma once

#include <vector>

#include "ocrtune/ocr/lstm/decoded_word.h"

namespace ocrtune::lstm {

/// A word as one of several languages reads it.
struct WordCandidate {
  DecodedWord word;
  int left = 0;           ///< px on the page
  int right = 0;          ///< px on the page
  bool accepted = false;  ///< so sure that no other language is asked
};

/// The better ones of two readings of a unit, as Tesseract chooses between languages (its
/// SelectBestWords): where both have a gap between words, what is left of it is compared by
/// certainty and rating, and by whether it is in the dictionary. Moves them into `best`, and
/// returns how many are from `next`, less those that `best` had before. Pure.
int select_best_words(std::vector<WordCandidate>& best, std::vector<WordCandidate> next);

}  // namespace ocrtune::lstm
