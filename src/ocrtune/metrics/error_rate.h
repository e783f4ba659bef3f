#pragma once

#include <cstddef>
#include <string_view>

namespace ocrtune {

/// errors / total; for a total of 0 it is 0 where there is no error either, else 1. May exceed 1.
double rate_of(std::size_t errors, std::size_t total);

/// How far a reading is from the truth, in characters and words.
struct ErrorRate {
  std::size_t character_errors = 0;  ///< Levenshtein distance in code points
  std::size_t truth_characters = 0;  ///< code points, white space made one space
  std::size_t word_errors = 0;       ///< Levenshtein distance in words
  std::size_t truth_words = 0;       ///< what spaces part
  std::size_t bag_errors = 0;  ///< the larger of words missing and added, whatever their order

  /// character_errors / truth_characters; for an empty truth 0 if the reading is empty too, else 1.
  /// May exceed 1.
  [[nodiscard]] double cer() const;
  /// The same in words.
  [[nodiscard]] double wer() const;
  /// The same with the words in any order: at most the word error rate (Vidal et al. 2023).
  [[nodiscard]] double bow() const;
};

/// Compares after Unicode normalisation (NFC) and with runs of white space made one space; case,
/// quotes and dashes count. Pure; thread-safe. Levenshtein 1966; definitions as OCR-D's ocrd_eval.
ErrorRate error_rate(std::string_view reading, std::string_view truth);

}  // namespace ocrtune
