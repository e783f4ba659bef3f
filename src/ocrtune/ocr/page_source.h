#pragma once

#include <functional>
#include <string>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// What a document says of the page it shows, besides its words.
struct PageSource {
  std::string name;                              ///< of the image
  int number = 1;                                ///< from 1
  std::string program;                           ///< who read it: "ocrtune 0.1.0"
  std::string created = "1970-01-01T00:00:00Z";  ///< when, in UTC, for formats that say so
  std::function<Facsimile()> facsimile;          ///< the page itself, for formats that show it
};

}  // namespace ocrtune
