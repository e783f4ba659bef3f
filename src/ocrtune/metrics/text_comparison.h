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

/// What of two texts is evened out before they are compared. As it stands here, nothing is that
/// error_rate() counts.
struct TextRules {
  UnicodeForm form = UnicodeForm::c;  ///< Unicode normalisation
  bool ignore_case = false;           ///< by Unicode's simple case folding
  bool ignore_space = false;          ///< between words; counts for characters only
  bool ignore_punctuation = false;    ///< at both ends of words; words of nothing else are left out
};

/// A text as it is compared.
struct PreparedText {
  std::u32string characters;          ///< the words with a space between them, or none
  std::vector<std::u32string> words;  ///< what spaces part, in the text's order
};

/// Malformed UTF-8 becomes U+FFFD. Pure; thread-safe.
PreparedText prepared_text(std::string_view text, const TextRules& rules);

/// The steps of a shortest way from a reading to the truth, in characters or in words.
struct EditCounts {
  std::size_t equal = 0;        ///< the same in both
  std::size_t substituted = 0;  ///< another one stands in its place
  std::size_t missing = 0;      ///< in the reading
  std::size_t added = 0;        ///< in the reading, and not in the truth

  /// The edit distance (Levenshtein 1966).
  [[nodiscard]] std::size_t errors() const { return substituted + missing + added; }
  /// Length of the truth.
  [[nodiscard]] std::size_t truth() const { return equal + substituted + missing; }
  /// Length of the reading.
  [[nodiscard]] std::size_t read() const { return equal + substituted + added; }

  /// errors / truth: the error rate of error_rate(), which may exceed 1. For an empty truth 0 if
  /// the reading is empty too, else 1.
  [[nodiscard]] double rate() const;

  /// errors / (errors + equal): from 0 to 1; OCR-D's normalised error rate.
  [[nodiscard]] double bounded_rate() const;

  /// Adds the steps of another text.
  EditCounts& operator+=(const EditCounts& other);
};

/// What stands in the truth and what was read instead: a run of errors of up to three characters,
/// either may be empty. Longer runs are words or lines lost or made up.
struct Confusion {
  std::u32string truth;                               ///< may be empty: `read` was made up
  std::u32string read;                                ///< may be empty: `truth` was lost
  bool operator==(const Confusion&) const = default;  ///< equal in both texts
  /// By code points of the truth, then of what was read.
  bool operator<(const Confusion& other) const {
    return std::tie(truth, read) < std::tie(other.truth, other.read);
  }
};

/// How often each was seen.
using Confusions = std::map<Confusion, std::size_t>;

/// How a reading differs from the truth.
struct TextComparison {
  EditCounts characters;  ///< of code points
  EditCounts words;       ///< in their order
  WordBag bag;            ///< whatever their order
  Confusions confusions;  ///< character by character; what is right isn't among them
};

/// Compares texts of up to 100,000 characters; throws Error(input_unreadable) for longer ones.
/// Pure; thread-safe.
TextComparison compare_texts(const PreparedText& read, const PreparedText& truth);

}  // namespace ocrtune
