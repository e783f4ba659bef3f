#pragma once

#include "ocrtune/ocr/layout/raised_flag.h"

namespace ocrtune::layout {

// Work of Tesseract's layout analysis of which nothing is read here. It is left out only of
// Tesseract 5.3 to 5.5, where this was verified; with others these classes have no effect. One of
// each at a time on a thread.

/// While one lives, Tesseract's layout analysis on this thread leaves out two measures of every
/// connected component that nothing reads for a single block of text (page segmentation mode 6):
/// the width of its strokes, with which columns are found, and where within a pixel its edges are,
/// for the classifier of the legacy engine. They take a third of the analysis.
class WithoutUnusedMeasures : RaisedFlag {
 public:
  explicit WithoutUnusedMeasures(int psm);
};

/// While one lives, `AnalyseLayout` on this thread does not find paragraphs.
class WithoutParagraphs : RaisedFlag {
 public:
  WithoutParagraphs();
};

}  // namespace ocrtune::layout
