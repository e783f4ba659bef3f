#pragma once

#include <filesystem>
#include <string>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune::python {

/// The OCR result of a page.
struct RecognizedPage {
  std::string name;                 ///< of the page
  int number = 1;                   ///< from 1
  std::filesystem::path file = {};  ///< that has it; empty: none
  int index = 0;                    ///< in the file, from 0
  std::string engine = {};          ///< that recognized it
  OcrResult result = {};            ///< boxes in px of the page
  int turns = 0;  ///< clockwise rotations by 90 degrees with which its text is upright
};

}  // namespace ocrtune::python
