#pragma once

#include <string_view>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Adds another text that an OCR result has in a word's place, normalized as in error_rate(),
/// unless it is then the word's or among its alternatives, there are three, or it is so different
/// that it is of another place. Pure; thread-safe.
void add_alternative(Word& word, std::string_view text);

}  // namespace ocrtune
