#pragma once

#include <opencv2/core/types.hpp>

#include "ocrtune/image/page_map.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// Makes the reading of an image one of the page it was made from: every box becomes the least
/// upright one around where it lies on the page, inside the page. `to_page` as in Image, `page` in
/// px. Pure; thread-safe.
void place_words(Reading& reading, const PageMap& to_page, const cv::Size& page);

}  // namespace ocrtune
