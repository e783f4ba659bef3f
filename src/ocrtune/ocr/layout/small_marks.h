#pragma once

#include <vector>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/layout/rows.h"

namespace ocrtune::layout {

/// The boxes of marks such as dots, which belong to a word but which Tesseract keeps apart from its
/// other connected components and does not list: connected components of the page inside the
/// word's box and outside the others. If there are none, as where a ruled line was removed from
/// the word, boxes of what the word's box reaches over each side of the others. `page`: 1 bit.
void add_small_marks(PIX* page, const LaidWord& word, std::vector<Box>& marks);

}  // namespace ocrtune::layout
