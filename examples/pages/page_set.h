#pragma once

#include <cstdint>
#include <string>

#include "pages/image_file.h"
#include "pages/recipes.h"

namespace ocrtune::examples {

/// Identifies a page of a set.
struct PageRequest {
  std::uint64_t seed = 1;
  int index = 0;       ///< 0 is the first page
  double scale = 1.0;  ///< of pixels and dpi, 0.25..4
  int jpeg = 0;        ///< quality, 1..100, of pages that would otherwise be PNG; 0: PNG
};

/// An encoded page.
struct Page {
  std::string stem;  ///< "01-prose-eng-ruled"
  std::string file;  ///< stem and .png or .jpg
  Language language = Language::english;
  std::string layout;
  std::string degradation;  ///< names joined by +, or "clean"
  double dpi = 0;
  Bytes image;        ///< the encoded file; empty from describe_page()
  std::string truth;  ///< rows in reading order, each ended by a newline; empty from
                      ///< describe_page()
};

/// All of a page but its image and its text. Throws PagesError for a request out of range.
Page describe_page(const PageRequest& request);

/// Makes the page. It depends on the request alone, not on other calls. Throws PagesError for a
/// request out of range, MissingFont if a font is missing.
Page make_page(const PageRequest& request);

}  // namespace ocrtune::examples
