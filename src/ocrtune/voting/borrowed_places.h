#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Gives the words of an OCR result without positions those of the same text in another result: the
/// characters of both are aligned (edit_alignment()), and a word gets the box around its
/// counterparts in the text line that has most of them. Words without a counterpart share the space
/// between their neighbours if these are in one text line, or come beside the nearest word of their
/// own line; lines without any counterpart stay without positions. Words that would touch get a
/// space between them, unless they have none in the text. If a result has more than 20 000
/// characters, nothing is placed. Pure; thread-safe.
void borrow_places(OcrResult& without, const OcrResult& placed);

}  // namespace ocrtune
