#pragma once

#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune {

/// The words that Tesseract recognized, in reading order, with blocks, paragraphs, lines and words
/// numbered as in its TSV. Takes time proportional to the number of words if all run from left to
/// right, else, as Tesseract's ResultIterator, proportional to its square. Not thread-safe.
std::vector<Word> recognized_words(tesseract::TessBaseAPI& api);

}  // namespace ocrtune
