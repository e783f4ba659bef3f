#include "ocrtune/ocr/columns/word_height.h"

#include <algorithm>
#include <utility>

#include "ocrtune/ocr/columns/median.h"

namespace ocrtune {

double median_word_height(const std::vector<Word>& words) {
  std::vector<double> heights;
  heights.reserve(words.size());
  for (const Word& word : words) heights.push_back(word.bottom - word.top);
  return std::max(1.0, columns::median(std::move(heights)));
}

}  // namespace ocrtune
