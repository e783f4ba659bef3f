#pragma once

#include <opencv2/core/mat.hpp>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// An OCR result with its lines in the order of columns::rows_of(), if there are gutters between
/// them; columns follow one another from right to left where most letters
/// do. Blocks and paragraphs are the engine's, in parts where the order goes through them. `gray`
/// is the page that the words are placed on. Pure; thread-safe.
OcrResult in_reading_order(OcrResult ocr_result, const cv::Mat& gray);

}  // namespace ocrtune
