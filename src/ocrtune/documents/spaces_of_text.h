#pragma once

#include <string_view>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Gives words the spaces that the same page's text (UTF-8, as plain_text()) has before them, which
/// TSV lacks. Words from the first one on that the text does not have in this order keep theirs.
/// Linear; pure; thread-safe.
void take_spaces(OcrResult& ocr_result, std::string_view text);

}  // namespace ocrtune
