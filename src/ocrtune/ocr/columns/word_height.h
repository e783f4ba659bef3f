#pragma once

#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The median height of words, of which there is at least one; px, 1 or more. Pure.
double median_word_height(const std::vector<Word>& words);

}  // namespace ocrtune
