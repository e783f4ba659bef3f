#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/ocr/ppocr/line_box.h"

namespace ocrtune::ppocr {

/// The indices of text lines row by row, each row from left to right. Lines are in one row if they
/// overlap by half of the lower one's height, at the median slope of the page. Pure.
std::vector<std::vector<std::size_t>> rows_of(const std::vector<LineBox>& lines);

}  // namespace ocrtune::ppocr
