#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/ocr/columns/gutter.h"

namespace ocrtune::columns {

/// Gutters that end where a ruled line goes across them and begin anew below it: what is above the
/// line is read before what is below, as where a newspaper has its feuilleton. `gray` is the page
/// (8 bits, dark on light), of which the gutters and `lines` are, and `slope` the page_slope() of
/// its lines. A ruled line or bar is darker than the paper between the columns in nearly all of
/// eight line heights around the gutter, and no line of text is within it. Pure.
std::vector<Gutter> cut_at_rules(const std::vector<Gutter>& gutters,
                                 const std::vector<PlacedLine>& lines, double slope,
                                 const cv::Mat& gray);

/// Whether a ruled line across a gutter is between two lines. `gutters` are those of
/// cut_at_rules(). Pure.
bool are_apart_by_rule(const PlacedLine& line, const PlacedLine& other,
                       const std::vector<Gutter>& gutters);

}  // namespace ocrtune::columns
