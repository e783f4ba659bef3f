#pragma once

#include <cstdint>
#include <string>

#include "pages/image_file.h"
#include "pages/recipes.h"

namespace ocrtune::examples {

/// Which page of which set.
struct PageRequest {
  std::uint64_t seed = 1;
  int index = 0;       ///< 0 is the first page
  double scale = 1.0;  ///< of pixels and dpi, 0.25..4
  int jpeg = 0;        ///< quality, 1..100, of the pages that aren't JPEG anyway; 0 makes them PNG
};

/// A page, ready to be written.
struct Page {
  std::string stem;  ///< "01-prose-eng-ruled"
  std::string file;  ///< stem and .png or .jpg
  Language language = Language::english;
  std::string layout;
  std::string degradation;  ///< names joined by +, "clean" where there are none
  double dpi = 0;
  Bytes image;        ///< the encoded file; empty from describe_page()
  std::string truth;  ///< rows as read, each ended by a newline; empty from describe_page()
};

/// Everything about a page but its image and its text. Throws PagesError on a request out of
/// range.
Page describe_page(const PageRequest& request);

/// Makes the page. It depends on the request alone: the same on every call, whatever other pages
/// are made. Throws PagesError on a request out of range, MissingFont where a font lacks.
Page make_page(const PageRequest& request);

}  // namespace ocrtune::examples
