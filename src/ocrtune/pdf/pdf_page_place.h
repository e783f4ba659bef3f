#pragma once

#include <vector>

#include "ocrtune/pdf/builder.h"

namespace ocrtune {

/// Where words or an image are put on a page of a PDF that exists.
struct PdfPagePlace {
  PdfBox box;        ///< the part of the page that viewers show
  int quarters = 0;  ///< clockwise rotations with which it is shown
};

/// A page of a PDF that exists.
struct PdfPageLook {
  PdfPagePlace place;
  std::vector<PdfBox> shown;  ///< where text is that can be seen
  bool has_hidden = false;    ///< it has other text too
};

/// What becomes of a page before words, or an image, are added below everything else.
enum class PdfPageChange {
  strip,           ///< its hidden text goes
  keep_invisible,  ///< everything but its invisible text goes
  remove_all       ///< everything that it shows, and its text, goes
};

}  // namespace ocrtune
