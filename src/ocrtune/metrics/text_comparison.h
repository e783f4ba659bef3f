#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "ocrtune/base/text.h"
#include "ocrtune/metrics/word_bag.h"

namespace ocrtune {

/// Differences that a comparison ignores. By default, it counts the same as error_rate().
struct TextRules {
  UnicodeForm form = UnicodeForm::c;  ///< Unicode normalization form
  bool ignore_case = false;           ///< by Unicode's simple case folding
  bool ignore_space = false;          ///< between words; affects characters only
  bool ignore_punctuation = false;    ///< at both ends of words; words of punctuation only are
                                      ///< ignored
};

/// A text after normalization.
struct PreparedText {
  std::u32string characters;          ///< the words joined by a space, or by nothing
  std::vector<std::u32string> words;  ///< as counted_words(), in the text's order
};

/// Normalizes a text. Malformed UTF-8 becomes U+FFFD. Pure; thread-safe.
PreparedText prepared_text(std::string_view text, const TextRules& rules);

/// The operations of a shortest edit script from an OCR result to the ground truth, in characters
/// or in words.
struct EditCounts {
  std::size_t equal = 0;        ///< the same in both
  std::size_t substituted = 0;  ///< replaced by another one
  std::size_t missing = 0;      ///< from the OCR result
  std::size_t added = 0;        ///< to the OCR result

  /// The edit distance (Levenshtein 1966).
  [[nodiscard]] std::size_t errors() const { return substituted + missing + added; }
  /// Length of the ground truth.
  [[nodiscard]] std::size_t truth() const { return equal + substituted + missing; }
  /// Length of the OCR result.
  [[nodiscard]] std::size_t read() const { return equal + substituted + added; }

  /// errors / truth: the error rate of error_rate(), which may exceed 1. For an empty ground truth:
  /// 0 if the OCR result is empty too, else 1.
  [[nodiscard]] double rate() const;

  /// errors / (errors + equal), 0 to 1: OCR-D's normalized error rate.
  [[nodiscard]] double bounded_rate() const;

  /// Adds the counts of another text.
  EditCounts& operator+=(const EditCounts& other);
};

/// A run of errors of up to three characters, grapheme clusters, with the ground truth and the OCR
/// result of it; either may be empty. Longer runs are words or lines that were lost or invented.
struct Confusion {
  std::u32string truth;                               ///< empty if `read` was added
  std::u32string read;                                ///< empty if `truth` was lost
  bool operator==(const Confusion&) const = default;  ///< equal in both texts
  /// By code points of the ground truth, then of the OCR result.
  bool operator<(const Confusion& other) const {
    return std::tie(truth, read) < std::tie(other.truth, other.read);
  }
};

/// Number of occurrences of each.
using Confusions = std::map<Confusion, std::size_t>;

/// Differences of an OCR result to the ground truth.
struct TextComparison {
  EditCounts characters;  ///< of grapheme clusters
  EditCounts words;       ///< in order
  WordBag bag;            ///< in any order
  Confusions confusions;  ///< character by character, without correct ones
};

/// Compares texts of up to 100,000 characters. Throws Error(input_unreadable) for longer ones.
/// Pure; thread-safe.
TextComparison compare_texts(const PreparedText& read, const PreparedText& truth);

}  // namespace ocrtune
