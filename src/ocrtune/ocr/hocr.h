#pragma once

#include <string>

#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// What a document says of the page it shows, besides its words.
struct PageSource {
  std::string name;                              ///< of the image
  int number = 1;                                ///< from 1
  std::string program;                           ///< who read it: "ocrtune 0.1.0"
  std::string created = "1970-01-01T00:00:00Z";  ///< when, in UTC, for formats that say so
};

/// The reading as hOCR 1.2 (XHTML): ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word with bbox and
/// x_wconf. Boxes are those of the words.
std::string hocr_text(const Reading& reading, const PageSource& source);

}  // namespace ocrtune
