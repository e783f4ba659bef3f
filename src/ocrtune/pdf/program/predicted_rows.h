#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ocrtune {

/// Rows of samples, each with the filter of PNG that suits it before it, as PDF's
/// predictor 15 undoes them. `pixel_bytes`: those of a pixel, at least 1. Pure.
std::string predicted_rows(std::string_view samples, std::size_t row_bytes,
                           std::size_t pixel_bytes);

}  // namespace ocrtune
