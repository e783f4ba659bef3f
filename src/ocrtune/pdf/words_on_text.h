#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/pdf/builder.h"

namespace ocrtune {

/// Removes the words that lie on text of a page, at least with half of their middle, from
/// `ocr_result`. `matrix`: from px of the page to where it is; `text`: where text is. Pure;
/// thread-safe.
void remove_words_on_text(OcrResult& ocr_result, const PdfMatrix& matrix,
                          const std::vector<PdfBox>& text);

}  // namespace ocrtune
