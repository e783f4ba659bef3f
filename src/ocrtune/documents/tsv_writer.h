#pragma once

#include <string>
#include <string_view>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Tesseract's TSV at word level with its header: level, page_num, block_num, par_num, line_num,
/// word_num, left, top, width, height, conf, text.
std::string tsv_text(const OcrResult& ocr_result, int page_number = 1);

/// The words of a text that tsv_text() has written, or Tesseract; rows of other levels are passed
/// over, and confidences truncated. TSV has no spaces: none are between words of scripts that are
/// written without. `width` and `height` of the result are 0. Throws
/// Error(input_unreadable), "line N: …". Pure; thread-safe.
OcrResult parse_tsv(std::string_view text);

}  // namespace ocrtune
