#pragma once

#include "ocrtune/ocr/lstm/decoded_word.h"
#include "ocrtune/ocr/lstm/model.h"

namespace ocrtune::lstm {

/// Whether a word is so sure that Tesseract asks no other language (its Dict::AcceptableResult):
/// by certainty, of which words of the dictionary need less the longer they are. Pure.
bool is_acceptable(const DecodedWord& word, const Model& model);

}  // namespace ocrtune::lstm
