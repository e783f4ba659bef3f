#pragma once

#include <string>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Adds another text that an OCR result has in a word's place, unless it is the word's, or among
/// its alternatives, or there are three. Pure; thread-safe.
void add_alternative(Word& word, std::string text);

}  // namespace ocrtune
