#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace ocrtune {

/// Least number of insertions, deletions and substitutions that turn one sequence into the other
/// (Levenshtein 1966). O(a.size() * b.size()) time, O(b.size()) memory. Pure; thread-safe.
template <typename Sequence>
std::size_t edit_distance(const Sequence& a, const Sequence& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace ocrtune
