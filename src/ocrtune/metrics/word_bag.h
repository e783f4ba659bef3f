#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// The words of two texts whatever their order.
struct WordBag {
  std::size_t missing = 0;  ///< words of the truth that the reading lacks
  std::size_t added = 0;    ///< words of the reading that the truth lacks
  std::size_t truth = 0;    ///< words of the truth in all
  std::size_t read = 0;     ///< words of the reading in all

  /// max(missing, added) / truth: what the word error rate would be if the order were right, or
  /// less (Vidal et al. 2023). For an empty truth as EditCounts::rate.
  [[nodiscard]] double rate() const;

  /// Share of the truth's words that the reading has; 1 for an empty truth.
  [[nodiscard]] double found() const;

  /// max(missing, added).
  [[nodiscard]] std::size_t errors() const;

  /// Adds the counts of another text.
  WordBag& operator+=(const WordBag& other);
};

/// Pure; thread-safe.
WordBag compare_bags(std::span<const std::u32string_view> read,
                     std::span<const std::u32string_view> truth);

/// The same words as compare_bags() takes them; they point into `words`.
std::vector<std::u32string_view> views_of(const std::vector<std::u32string>& words);

}  // namespace ocrtune
