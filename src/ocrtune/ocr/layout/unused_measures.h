#pragma once

namespace ocrtune::layout {

/// While one lives, Tesseract's layout analysis on this thread leaves out two measures of every
/// connected component that nothing reads for a single block of text (page segmentation mode 6):
/// the width of its strokes, with which columns are found, and where within a pixel its edges are,
/// for the classifier of the legacy engine. They take a third of the analysis.
///
/// Only of Tesseract 5.3 to 5.5, where this is so; it has no effect on others.
class WithoutUnusedMeasures {
 public:
  explicit WithoutUnusedMeasures(int psm);
  ~WithoutUnusedMeasures();
  WithoutUnusedMeasures(const WithoutUnusedMeasures&) = delete;
  WithoutUnusedMeasures& operator=(const WithoutUnusedMeasures&) = delete;
};

}  // namespace ocrtune::layout
