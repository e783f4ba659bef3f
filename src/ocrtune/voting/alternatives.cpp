#include "ocrtune/voting/alternatives.h"

#include <algorithm>
#include <utility>

namespace ocrtune {

void add_alternative(Word& word, std::string text) {
  constexpr std::size_t kMost = 3;
  const bool is_known = text.empty() || text == word.text ||
                        std::ranges::find(word.alternatives, text) != word.alternatives.end();
  if (!is_known && word.alternatives.size() < kMost) word.alternatives.push_back(std::move(text));
}

}  // namespace ocrtune
