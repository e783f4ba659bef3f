#pragma once

#include <opencv2/core/types.hpp>

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// Makes the reading of an image one of the page it was made from: every box becomes the least
/// upright one around where it lies on the page, inside the page; where it doesn't lie upright
/// there, around its ink, since a leaning box is wider and higher than what stands in it. `image`:
/// what was read, as large as `reading`; `page` in px. Pure; thread-safe.
void place_words(Reading& reading, const Image& image, const cv::Size& page);

}  // namespace ocrtune
