#pragma once

#include <opencv2/core/mat.hpp>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// An OCR result with its lines in the order of columns::rows_in_order(), if there are gutters
/// between columns of running text: these, and those between blocks of the engine that are side by
/// side, eight lines high or more, ended by ruled lines (columns::cut_at_rules()). Columns follow
/// one another from right to left where most letters do. Blocks and paragraphs are the engine's, in
/// parts where the order goes through them. `gray` is the page that the words are placed on. Pure;
/// thread-safe.
OcrResult in_reading_order(OcrResult ocr_result, const cv::Mat& gray);

}  // namespace ocrtune
