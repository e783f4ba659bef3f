#pragma once

#include <string>
#include <vector>

#include "ocrtune/ocr/ppocr/gutter.h"

namespace ocrtune::ppocr {

/// The gutters of a page. Between two blocks of running text side by side there is one. Beside one
/// block of running text there is one if the baselines of what is there agree with its baselines no
/// better than by chance, as those of a sidebar; those of labels, cells and items agree (Cohen's
/// kappa, 1960). `texts` are those of the lines, in the same order. Pure.
std::vector<Gutter> gutters_between_columns(const std::vector<PlacedLine>& lines,
                                            const std::vector<std::string>& texts);

/// Whether the first of two lines is to be read before the second one because a gutter is between
/// them.
bool is_in_earlier_column(const PlacedLine& line, const PlacedLine& other,
                          const std::vector<Gutter>& gutters);

}  // namespace ocrtune::ppocr
