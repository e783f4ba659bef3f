#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/ocr/line_box.h"

namespace ocrtune::ppocr {

/// Text lines side by side.
struct Row {
  std::vector<std::size_t> lines;  ///< their indices, from left to right
  int block = 1;                   ///< the number of the column or part of a page that it is in

  bool operator==(const Row&) const = default;
};

/// Text lines row by row in reading order: from top to bottom, and column by column where there are
/// gutters_between_columns(). Lines are in one row if they overlap by half of the lower one's
/// height, at the median slope of the page, without a gutter between them. `texts` are those of the
/// lines. Pure.
std::vector<Row> rows_of(const std::vector<LineBox>& lines, const std::vector<std::string>& texts);

}  // namespace ocrtune::ppocr
