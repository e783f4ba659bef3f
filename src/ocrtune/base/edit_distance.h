#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ocrtune {

/// Numbers the distinct elements of sequences in the order of their first occurrence.
template <typename Element>
class SymbolNumbers {
 public:
  /// For at most `most` distinct elements.
  explicit SymbolNumbers(std::size_t most) : slots_(std::bit_ceil(2 * most + 1), kNone) {
    symbols_.reserve(most);
  }

  /// The element's number; a new one at its first occurrence.
  std::uint32_t of(const Element& element) {
    std::size_t slot = (std::hash<Element>{}(element)*kSpread >> 32) & (slots_.size() - 1);
    for (; slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
      if (symbols_[slots_[slot]] == element) return slots_[slot];
    }
    slots_[slot] = static_cast<std::uint32_t>(symbols_.size());
    symbols_.push_back(element);
    return slots_[slot];
  }

  /// Number of distinct elements.
  [[nodiscard]] std::size_t size() const { return symbols_.size(); }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  /// 2^64 divided by the golden ratio (Fibonacci hashing): std::hash of an integer is often the
  /// identity.
  static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15U;

  std::vector<std::uint32_t> slots_;  // an open-addressed table, never more than half full
  std::vector<Element> symbols_;
};

/// As edit_distance(), of sequences of numbers below `numbers`.
std::size_t edit_distance_of_numbers(std::span<const std::uint32_t> a,
                                     std::span<const std::uint32_t> b, std::size_t numbers);

/// Least number of insertions, deletions and substitutions that turn one sequence into the other
/// (Levenshtein 1966), 64 cells of its table at a time (Myers 1999). O(a.size() * b.size() / 64)
/// time, O(a.size() + b.size()) memory.
///
/// The elements have std::hash and ==; together there are fewer than 2^32. Pure; thread-safe.
template <typename Sequence>
std::size_t edit_distance(const Sequence& a, const Sequence& b) {
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto a_end = a.end();
  auto b_end = b.end();
  while (a_end != differ.first && b_end != differ.second && *(a_end - 1) == *(b_end - 1)) {
    --a_end;
    --b_end;
  }
  const auto a_size = static_cast<std::size_t>(a_end - differ.first);
  const auto b_size = static_cast<std::size_t>(b_end - differ.second);
  if (a_size == 0 || b_size == 0) return a_size + b_size;
  SymbolNumbers<typename Sequence::value_type> numbers(a_size + b_size);
  std::vector<std::uint32_t> as_numbers;
  as_numbers.reserve(a_size + b_size);
  for (auto at = differ.first; at != a_end; ++at) as_numbers.push_back(numbers.of(*at));
  for (auto at = differ.second; at != b_end; ++at) as_numbers.push_back(numbers.of(*at));
  const std::span<const std::uint32_t> all(as_numbers);
  return edit_distance_of_numbers(all.first(a_size), all.last(b_size), numbers.size());
}

/// 1 - edit_distance() divided by the length of the longer sequence: 1 for equal ones, also if both
/// are empty, 0 for nothing in common. Pure; thread-safe.
template <typename Sequence>
double similarity(const Sequence& a, const Sequence& b) {
  if (a == b) return 1;
  const auto longer = static_cast<double>(std::max(a.size(), b.size()));
  return 1 - static_cast<double>(edit_distance(a, b)) / longer;
}

}  // namespace ocrtune
