#pragma once

#include <tuple>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Whether the engine found two words in one line. Pure.
inline bool are_in_one_line(const Word& word, const Word& other) {
  return std::tie(word.block, word.paragraph, word.line) ==
         std::tie(other.block, other.paragraph, other.line);
}

}  // namespace ocrtune
