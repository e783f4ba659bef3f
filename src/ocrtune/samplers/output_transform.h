#pragma once

#include <vector>

namespace ocrtune {

/// The values, moved so that they look most like a normal distribution (Yeo & Johnson 2000) with
/// mean 0 and variance 1; 0 where all are the same. None changes places with another; those more
/// than five interquartile ranges above the upper quartile become the same. Finite for finite
/// values.
std::vector<double> normalised(std::vector<double> values);

}  // namespace ocrtune
