#pragma once

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/ocr_result.h"

namespace ocrtune {

/// `page` after clockwise rotations by 90 degrees, `turns` of them, 0 to 3: its pixels, colours and
/// resolution. The result is a page of its own, on which positions are its own: `to_page` is the
/// identity. Pure; thread-safe.
Image turned_clockwise(const Image& page, int turns);

/// Maps the OCR result of turned_clockwise(page, turns) to `page`: its size and all boxes, which
/// stay exact. Words keep their order. Pure; thread-safe.
void turn_back(OcrResult& reading, int turns);

}  // namespace ocrtune
