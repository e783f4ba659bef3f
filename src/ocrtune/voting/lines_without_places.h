#pragma once

#include <functional>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Inserts the text lines of `text` of which no word has a position and whose mean confidence, 0 to
/// 1, is_enough(), into `page`, after the line of the last word before them that has one. Their
/// words stay without a position. Lines are numbered anew. Pure; thread-safe.
void insert_lines_without_places(OcrResult& page, const OcrResult& text,
                                 const std::function<bool(double confidence)>& is_enough);

}  // namespace ocrtune
