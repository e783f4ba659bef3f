#pragma once

#include "ocrtune/execution/stage_run.h"

namespace ocrtune::test {

/// As page_content gives it, of a page that is no corpus's.
inline PageContent content_of(const Image& page) {
  return {.gray = image_content(pixel_hash(page.gray), page),
          .in_colour = image_content(pixel_hash(page), page),
          .size = page.gray.size()};
}

}  // namespace ocrtune::test
