#pragma once

#include <functional>
#include <string>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// Metadata of a page for a document of its OCR result.
struct PageSource {
  std::string name;                              ///< of the image
  int number = 1;                                ///< from 1
  std::string program;                           ///< the OCR program: "ocrtune 0.1.0"
  std::string language = {};                     ///< of its text (BCP 47); empty: unknown
  std::string created = "1970-01-01T00:00:00Z";  ///< time of OCR, UTC, for formats that have it
  int turns = 0;  ///< clockwise rotations by 90 degrees with which its text is upright, 0 to 3
  bool corrected = false;  ///< a person has corrected the text, which formats say that can
  std::function<Facsimile()> facsimile;  ///< the page itself, for formats that contain it
};

}  // namespace ocrtune
