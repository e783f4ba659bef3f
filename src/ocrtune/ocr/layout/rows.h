#pragma once

#include <tesseract/pageiterator.h>

#include <optional>
#include <vector>

#include "ocrtune/ocr/layout/box.h"

namespace ocrtune::layout {

/// A row at some x.
struct RowAt {
  float base = 0;
  float x_height = 0;
};

/// A word as laid out.
struct LaidWord {
  Box box;
  std::vector<Box> blobs;
  int left_base = 0;           ///< the baseline at the box's left edge, rounded
  int right_base = 0;          ///< at its right edge
  std::optional<RowAt> exact;  ///< the row at its middle as Tesseract computes with it, if known
  int paragraph = 0;
  bool picture = false;
};

struct LaidRow {
  int block = 0;
  float height = 0;  ///< px, from descenders to ascenders
  float ascenders = 0;
  float descenders = 0;         ///< negative
  std::vector<LaidWord> words;  ///< as laid out
  std::vector<LaidWord> units;  ///< as they are recognized
};

/// Adds the rows of Tesseract's layout, with their words; false if something is rotated, vertical
/// or from right to left. `height`: the page's, px.
bool add_rows(tesseract::PageIterator& it, int height, std::vector<LaidRow>& rows);

/// Adds to the rows the units that Tesseract recognizes at once, after it has joined words.
void add_units(tesseract::PageIterator& it, int height, std::vector<LaidRow>& rows);

}  // namespace ocrtune::layout
