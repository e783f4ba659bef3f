#pragma once

#include <string>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::workflow {

/// The points a search begins with: the pipeline's initial values, then those of each source: a
/// study's five best points, a pipeline's or preset's own values, or a JSON list of points. Values
/// are moved to the nearest ones the space has; names it hasn't are left out. Each point once.
/// Throws Error for a source that can't be read.
std::vector<Point> first_points(const std::vector<std::string>& sources, const Pipeline& searched);

/// The points that do what the pipelines of the built-in portfolio `documents` do, of those whose
/// stages `searched` has all.
std::vector<Point> portfolio_points(const Pipeline& searched);

/// For each stage that the search may leave out, and each alternative of a slot that may stay
/// empty, the point with that one alone, all values initial: which stages help at all is seen
/// soonest that way.
std::vector<Point> each_stage_alone(const Pipeline& searched);

}  // namespace ocrtune::workflow
