#pragma once

#include <opencv2/core/types.hpp>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/image/image.h"

namespace ocrtune {

/// Maps the OCR result of an image to the page it was made from. Every box becomes the smallest
/// upright box around its position on the page, inside the page. If it is not upright there, it
/// becomes the box of its ink, since a rotated box is wider and higher than its contents. `image`:
/// the recognized image, as large as `ocr_result`; `page` in px. Pure; thread-safe.
void place_words(OcrResult& ocr_result, const Image& image, const cv::Size& page);

}  // namespace ocrtune
