#pragma once

#include <tesseract/baseapi.h>

#include "ocrtune/ocr/layout/raised_flag.h"

namespace ocrtune::layout {

/// While one lives, Tesseract's test of rows for fixed pitch (letters of one width, as of a
/// typewriter) runs on this thread in a fraction of the time, with the same result: it compares the
/// columns before and behind every possible cut, a bit for each instead of one after the other. The
/// test is two fifths of layout analysis otherwise. Only with Tesseract 5.3 to 5.5 on x86-64, whose
/// objects are laid out as is assumed here, and while its variables of this test have their
/// defaults; else it has no effect. One at a time on a thread.
class QuickPitchTest : RaisedFlag {
 public:
  explicit QuickPitchTest(const tesseract::TessBaseAPI& api);
};

}  // namespace ocrtune::layout
