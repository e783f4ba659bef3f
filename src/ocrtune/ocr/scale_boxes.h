#pragma once

#include <opencv2/core/types.hpp>

#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// Makes the reading of a page's copy one of the page itself: boxes grow to the page's size (px),
/// outwards where they fall between pixels.
void scale_boxes(Reading& reading, const cv::Size& page);

}  // namespace ocrtune
