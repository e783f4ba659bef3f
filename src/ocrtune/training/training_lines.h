#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/documents/outlined_lines.h"

namespace ocrtune::training {

/// A line of a page to train with.
struct TrainingLine {
  std::size_t page = 0;         ///< its index
  std::vector<Corner> outline;  ///< px of the page's image, within it; at least 3 corners
  std::string text;             ///< UTF-8, NFC, with single spaces; at least 2 characters
};

/// The lines of a page to train with.
struct PageLines {
  std::vector<TrainingLine> lines;
  std::size_t truth_lines = 0;  ///< that the ground truth has
};

/// The lines of a page whose ground truth is a file with places (outlined_lines()) that fit to the
/// page; else those lines of an OCR result of the page that surely are in its ground truth
/// (align_lines()), with the box around their words. Without ground truth none.
///
/// Left out are texts of less than 2 characters, or without letters and digits, and outlines that
/// are lower or narrower than 8 px, more than 3 times as high as wide, or partly beyond the page.
/// Places do not fit to a page that was edited, or that has other proportions than the file states;
/// nor if no line can be used with them, or the file has another text than the page's.
///
/// `recognize` gives the OCR result of the page upright and undistorted, of whatever size; it is
/// called at most once. Throws what it throws, and Error(input_unreadable) naming the file of the
/// ground truth. Thread-safe if `recognize` is.
PageLines training_lines(const Page& page, std::size_t index,
                         const std::function<OcrResult()>& recognize);

}  // namespace ocrtune::training
