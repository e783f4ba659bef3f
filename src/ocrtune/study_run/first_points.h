#pragma once

#include <string>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::workflow {

/// The initial points of a search: the pipeline's initial values, then those of each source: a
/// study's five best points, those of a CSV file of the Python design, the values of a pipeline or
/// preset, or a JSON list of points. Values are moved to the nearest ones in the space; unknown
/// names are ignored; duplicates are removed. Throws Error for a source that cannot be read.
std::vector<Point> first_points(const std::vector<std::string>& sources, const Pipeline& searched);

/// The points that are equivalent to pipelines of the built-in portfolio `documents`, for those
/// whose stages are all in `searched`.
std::vector<Point> portfolio_points(const Pipeline& searched);

/// For each optional stage of the search, and each alternative of an optional slot, the point with
/// this one alone and initial values. This shows soonest which stages help at all.
std::vector<Point> each_stage_alone(const Pipeline& searched);

}  // namespace ocrtune::workflow
