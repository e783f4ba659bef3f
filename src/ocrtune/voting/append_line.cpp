#include "ocrtune/voting/append_line.h"

#include <utility>

namespace ocrtune {

void append_line(std::vector<Word>& page, std::vector<Word> words, int block, int paragraph) {
  const bool goes_on =
      !page.empty() && page.back().block == block && page.back().paragraph == paragraph;
  const int number = goes_on ? page.back().line + 1 : 1;
  int index = 0;
  for (Word& word : words) {
    word.block = block;
    word.paragraph = paragraph;
    word.line = number;
    word.index = ++index;
    page.push_back(std::move(word));
  }
}

}  // namespace ocrtune
