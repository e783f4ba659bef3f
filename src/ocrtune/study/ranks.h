#pragma once

#include <span>
#include <vector>

namespace ocrtune {

/// The ranks of the values from 0 (the smallest) to 1, equal values with their mean rank; none if
/// all are equal. Pure; thread-safe.
std::vector<float> ranks(std::span<const double> values);

}  // namespace ocrtune
