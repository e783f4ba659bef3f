#pragma once

#include <vector>

namespace ocrtune {

/// The values after a monotonic Yeo-Johnson transform to the most normal distribution (Yeo &
/// Johnson 2000), with mean 0 and variance 1; 0 if all are equal. The order is kept, except that
/// values more than five interquartile ranges above the upper quartile become equal. Finite for
/// finite values.
std::vector<double> normalised(std::vector<double> values);

}  // namespace ocrtune
