#pragma once

#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Appends words as a line of a block and paragraph to those of a page, and numbers it: 1 in a
/// paragraph that the last word is not in, else the number after that word's line; the words from
/// 1. Nothing if there are none.
void append_line(std::vector<Word>& page, std::vector<Word> words, int block, int paragraph);

}  // namespace ocrtune
