#pragma once

#include <span>
#include <vector>

#include "ocrtune/ocr/layout/layout.h"
#include "ocrtune/ocr/lstm/decoded_word.h"

namespace ocrtune::lstm {

/// The boxes of a unit's words, as Tesseract finds them (its ReplaceCurrentWord): those of its
/// connected components, which are divided among words by the boundaries of their characters; where
/// a word has none, from the boundaries alone. Words without characters have no box. Pure.
std::vector<layout::Box> word_boxes(const layout::Unit& unit, std::span<const DecodedWord> decoded);

}  // namespace ocrtune::lstm
