#pragma once

#include <string_view>

namespace ocrtune {

/// Agreement of two OCR results of a page: 1 minus the edit distance in characters divided by the
/// length of the longer text; 1 if both are empty. The texts are normalized as in error_rate().
/// Pure; thread-safe.
double agreement(std::string_view a, std::string_view b);

/// The character error rate, 0 to 1, to expect of an OCR result with this agreement to the ensemble
/// of the portfolio `documents` on its page. A mean over pages, fitted on real ones
/// (docs/reference/metrics.md).
double expected_cer_at(double agreement);

}  // namespace ocrtune
