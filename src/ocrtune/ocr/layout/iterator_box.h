#pragma once

#include <tesseract/pageiterator.h>

#include "ocrtune/ocr/layout/box.h"

namespace ocrtune::layout {

/// The box of an iterator's current element, with y upwards. `page_height`: px.
inline Box box_at(const tesseract::PageIterator& it, tesseract::PageIteratorLevel level,
                  int page_height) {
  int left = 0;
  int top = 0;
  int right = 0;
  int bottom = 0;
  it.BoundingBox(level, &left, &top, &right, &bottom);
  return {.left = left, .bottom = page_height - bottom, .right = right, .top = page_height - top};
}

}  // namespace ocrtune::layout
