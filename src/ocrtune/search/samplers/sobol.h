#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// The first `count` points of the Sobol sequence in [0, 1)^dimensions, row by row, with the
/// direction numbers of Joe & Kuo (2008), including the point 0. With a seed, each coordinate is
/// scrambled by Owen's nested uniform permutation of its binary digits (Owen 1995), which keeps the
/// sequence a (t, s)-net; without a seed, it is the plain sequence. 1 to 3667 dimensions, up to
/// 2^32 points. Throws Error(invalid_argument) outside these limits.
std::vector<double> sobol_points(std::size_t dimensions, std::size_t count,
                                 std::optional<std::uint64_t> seed);

/// Point `index` of sobol_points() alone, counted from 0.
std::vector<double> sobol_point(std::size_t dimensions, std::size_t index, std::uint64_t seed);

/// A screening design: 2^exponent scrambled Sobol points over a space, including points whose
/// values repeat. The points do not depend on outcomes. Balanced only if all points are evaluated.
std::unique_ptr<Sampler> sobol_design(Space space, int exponent, std::uint64_t seed);

}  // namespace ocrtune
