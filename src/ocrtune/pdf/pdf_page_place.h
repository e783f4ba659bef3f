#pragma once

#include "ocrtune/pdf/builder.h"

namespace ocrtune {

/// Where words or an image are put on a page of a PDF that exists.
struct PdfPagePlace {
  PdfBox box;        ///< the part of the page that viewers show
  int quarters = 0;  ///< clockwise rotations with which it is shown
};

}  // namespace ocrtune
