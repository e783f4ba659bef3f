#pragma once

#include <cstddef>
#include <string_view>

namespace ocrtune {

/// errors / total. If total is 0: 0 if errors is 0 too, else 1. May exceed 1.
double rate_of(std::size_t errors, std::size_t total);

/// Character and word errors of an OCR result.
struct ErrorRate {
  std::size_t character_errors = 0;  ///< Levenshtein distance in grapheme clusters
  std::size_t truth_characters = 0;  ///< clusters, with runs of white space counted as one space
  std::size_t word_errors = 0;       ///< Levenshtein distance in words
  std::size_t truth_words = 0;       ///< as counted_words()
  std::size_t bag_errors = 0;        ///< the larger of missing and added words, in any order

  /// character_errors / truth_characters. For an empty ground truth: 0 if the OCR result is empty
  /// too, else 1. May exceed 1.
  [[nodiscard]] double cer() const;
  /// Word error rate, defined in the same way.
  [[nodiscard]] double wer() const;
  /// Bag-of-words error, defined in the same way: at most the word error rate (Vidal et al. 2023).
  [[nodiscard]] double bow() const;
};

/// Compares an OCR result with the ground truth after Unicode normalization (NFC), with runs of
/// white space as one space, or none between characters that are written without; case, quotes and
/// dashes count. Pure; thread-safe. Levenshtein 1966; definitions as in OCR-D's ocrd_eval.
ErrorRate error_rate(std::string_view ocr_result, std::string_view truth);

}  // namespace ocrtune
