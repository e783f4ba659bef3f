#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Maps the OCR result of turned_clockwise(page, turns) to `page`: its size and all boxes, which
/// stay exact. Words keep their order. Pure; thread-safe.
void turn_back(OcrResult& ocr_result, int turns);

}  // namespace ocrtune
