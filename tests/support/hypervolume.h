#pragma once

#include <span>

#include "ocrtune/metrics/pareto.h"

namespace ocrtune::test {

/// Volume of what the points dominate within `reference`, exact; points that are not below the
/// reference in every objective add nothing. Points may be dominated or repeated. One objective: a
/// length. Time n log n up to three objectives; with more it may grow as n to their number
/// (by exclusive volumes: While, Bradstreet & Barone 2012).
double hypervolume(std::span<const ObjectiveVector> points, std::span<const double> reference);

}  // namespace ocrtune::test
