#pragma once

#include <opencv2/core/types.hpp>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Maps the OCR result of a page's copy to the page itself: boxes are scaled to the page's size
/// (px) and rounded outwards.
void scale_boxes(OcrResult& ocr_result, const cv::Size& page);

}  // namespace ocrtune
