#include "ocrtune/ocr/columns/word_height.h"

#include <algorithm>

namespace ocrtune {

double median_word_height(const std::vector<Word>& words) {
  std::vector<int> heights;
  heights.reserve(words.size());
  for (const Word& word : words) heights.push_back(word.bottom - word.top);
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::ranges::nth_element(heights, middle);
  return std::max(1, *middle);
}

}  // namespace ocrtune
