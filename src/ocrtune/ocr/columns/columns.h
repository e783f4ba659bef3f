#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/ocr/columns/gutter.h"

namespace ocrtune::columns {

/// Lines of a page that columns are looked for between: bounds the time for pages full of noise; a
/// newspaper's page has a quarter of it. Callers keep to it.
inline constexpr std::size_t kMaxLines = 4000;

/// The gutters of a page. Between two blocks of running text side by side there is one. Beside one
/// block of running text there is one if what is there agrees with its baselines, and with the
/// heights half-way between two of them, no better than by chance (Cohen's kappa, 1960), as a
/// sidebar does; labels, cells and items agree with one of both. `texts` are those of the lines, in
/// the same order. Pure.
std::vector<Gutter> gutters_between_columns(const std::vector<PlacedLine>& lines,
                                            const std::vector<std::string>& texts);

/// Whether the first of two lines is to be read before the second one because a gutter is between
/// them.
bool is_in_earlier_column(const PlacedLine& line, const PlacedLine& other,
                          const std::vector<Gutter>& gutters);

}  // namespace ocrtune::columns
