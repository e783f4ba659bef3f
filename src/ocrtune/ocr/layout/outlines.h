#pragma once

#include "ocrtune/ocr/layout/raised_flag.h"

namespace ocrtune::layout {

/// While one lives, Tesseract's search for outlines of connected components runs on this thread in
/// a fraction of the time, with the same result: where a row is as the one above, it passes over 32
/// pixels at once. Only with Tesseract 5.3 to 5.5, whose objects are laid out as is assumed here,
/// and for blocks that are the whole page; else it has no effect. One at a time on a thread.
class QuickOutlines : RaisedFlag {
 public:
  QuickOutlines();
};

}  // namespace ocrtune::layout
