#include "ocrtune/voting/alternatives.h"

#include <algorithm>
#include <string>

#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMostAlternatives = 3;

/// Short words may have nothing in common; of longer ones, others are of another place.
bool may_be_the_same(const std::u32string& word, const std::u32string& other) {
  constexpr std::size_t kShort = 2;
  constexpr double kAlike = 0.4;
  return std::max(word.size(), other.size()) <= kShort || similarity(word, other) >= kAlike;
}

}  // namespace

void add_alternative(Word& word, std::string_view text) {
  if (text == word.text || word.alternatives.size() == kMostAlternatives) return;
  const std::u32string own = comparable_code_points(word.text);
  const std::u32string other = comparable_code_points(text);
  const auto is_other = [&](const std::string& known) {
    return comparable_code_points(known) == other;
  };
  if (other.empty() || other == own || !may_be_the_same(own, other) ||
      std::ranges::any_of(word.alternatives, is_other))
    return;
  word.alternatives.push_back(utf8(other));
}

}  // namespace ocrtune
