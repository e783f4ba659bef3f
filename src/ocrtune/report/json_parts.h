#pragma once

#include <nlohmann/json.hpp>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// {"mean", "low", "high"}.
nlohmann::json interval_json(const Interval& interval);

/// A number for each parameter the point has, or the name of its choice.
nlohmann::json point_json(const Space& space, const Point& point);

/// A number for each score that can be told.
nlohmann::json scores_json(const MeanScores& scores);

}  // namespace ocrtune
