#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// Comparison of the words of two texts in any order.
struct WordBag {
  std::size_t missing = 0;  ///< words of the ground truth that are not in the OCR result
  std::size_t added = 0;    ///< words of the OCR result that are not in the ground truth
  std::size_t truth = 0;    ///< number of words of the ground truth
  std::size_t read = 0;     ///< number of words of the OCR result

  /// Bag-of-words error: max(missing, added) / truth, at most the word error rate (Vidal et al.
  /// 2023). For an empty ground truth as EditCounts::rate.
  [[nodiscard]] double rate() const;

  /// Share of the words of the ground truth that are in the OCR result; 1 for an empty ground
  /// truth.
  [[nodiscard]] double found() const;

  /// max(missing, added).
  [[nodiscard]] std::size_t errors() const;

  /// Adds the counts of another text.
  WordBag& operator+=(const WordBag& other);
};

/// The words of a normalized text as word error rates count them: what stands between spaces;
/// within it each character that is written without spaces, with its marks, is a word (as in the
/// mixed error rate of speech recognition). Views of `text`. Pure; thread-safe.
std::vector<std::u32string_view> counted_words(std::u32string_view text);

/// Counts the words that only one of the texts has. Pure; thread-safe.
WordBag compare_bags(std::span<const std::u32string_view> read,
                     std::span<const std::u32string_view> truth);

/// Views of `words`, as compare_bags() takes them.
std::vector<std::u32string_view> views_of(const std::vector<std::u32string>& words);

}  // namespace ocrtune
