#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::lstm {

/// A unichar of a decoded word.
struct DecodedChar {
  int unichar = 0;
  std::string_view text = {};  ///< UTF-8, as long as the model exists
  int direction = 0;           ///< ICU's UCharDirection
  float certainty = 0;         ///< log p, 0 is certain
  float rating = 0;            ///< cost, ≥ 0
  int begin = 0;               ///< time step where the character's share of the unit begins
  int end = 0;                 ///< time step after it
};

/// A word of a unit as the decoder found it, without the spaces after it. A unit that begins with a
/// space keeps it, as in Tesseract: as the first character of its first word, or, if a word of the
/// dictionary follows, as a word that is only a space (Tesseract drops such words at the end).
struct DecodedWord {
  std::vector<DecodedChar> chars;
  float step = 1;             ///< source px per time step
  std::string text;           ///< UTF-8
  float rating = 0;           ///< sum over the characters
  float certainty = 0;        ///< of the word, scaled as Tesseract's final best choice is
  float space_certainty = 0;  ///< of the spaces around it, unscaled
  bool space_before = false;  ///< whether a space of the unit is between it and the word before
  int permuter = 0;           ///< Tesseract's PermuterType: the source of the word
};

}  // namespace ocrtune::lstm
