#pragma once

#include <string_view>

namespace ocrtune {

/// How far two readings of a page agree: 1 less their edit distance in characters over the length
/// of the longer one; 1 where both are empty. Prepared as error_rate() does. Pure; thread-safe.
double agreement(std::string_view a, std::string_view b);

/// The share of wrong characters to expect of a reading that agrees so far with what the pipelines
/// of the portfolio `documents` make of its page together; 0 to 1. A mean over pages, fitted on
/// real ones (docs/metrics.md).
double expected_cer_at(double agreement);

}  // namespace ocrtune
