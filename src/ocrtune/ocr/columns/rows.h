#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "ocrtune/ocr/columns/gutter.h"
#include "ocrtune/ocr/line_box.h"

namespace ocrtune::columns {

/// Text lines side by side.
struct Row {
  std::vector<std::size_t> lines;  ///< their indices, from left to right
  int block = 1;                   ///< the number of the column or part of a page that it is in

  bool operator==(const Row&) const = default;
};

/// Text lines row by row in reading order: from top to bottom, and column by column where there are
/// gutters. Lines are in one row if they overlap by half of the lower one's height without a gutter
/// between them. Pure.
std::vector<Row> rows_in_order(const std::vector<PlacedLine>& lines,
                               const std::vector<Gutter>& gutters);

/// The same by the gutters_between_columns() of these lines, as cut_at_rules() leaves them. `texts`
/// are those of the lines, `gray` is the page. Where most text runs downwards, lines follow one
/// another from right to left. Pure.
std::vector<Row> rows_of(const std::vector<LineBox>& lines, const std::vector<std::string>& texts,
                         const cv::Mat& gray);

}  // namespace ocrtune::columns
