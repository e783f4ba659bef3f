#pragma once

#include <vector>

#include "ocrtune/ocr/reading.h"

namespace tesseract {
class TessBaseAPI;
}

namespace ocrtune {

/// The words that Tesseract recognised, in reading order, with blocks, paragraphs, lines and words
/// numbered as in its TSV. Takes time in proportion to the words where all run from left to right,
/// else, as Tesseract's ResultIterator, in proportion to their square. Not thread-safe.
std::vector<Word> recognized_words(tesseract::TessBaseAPI& api);

}  // namespace ocrtune
