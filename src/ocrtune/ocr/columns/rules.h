#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/ocr/columns/gutter.h"

namespace ocrtune::columns {

/// Gutters that end where a ruled line goes across them and begin anew below it: what is above the
/// line is read before what is below, as where a newspaper has its feuilleton. `gray` is the page
/// (8 bits, dark on light), of which the gutters and `lines` are, and `slope` the page_slope() of
/// its lines. A ruled line is dark in nearly all of eight line heights around the gutter. Pure.
std::vector<Gutter> cut_at_rules(const std::vector<Gutter>& gutters,
                                 const std::vector<PlacedLine>& lines, double slope,
                                 const cv::Mat& gray);

}  // namespace ocrtune::columns
