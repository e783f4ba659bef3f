#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/metrics/score_values.h"

namespace ocrtune {

/// A number for each score that can be told, but for times and what is infinite, by name: Scores of
/// web/src/contract/study_data.ts.
nlohmann::json scores_json(const ScoreValues& scores);

}  // namespace ocrtune
