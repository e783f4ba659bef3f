#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/metrics/score_values.h"

namespace ocrtune {

/// The finite values of scores by name, except times: scores of names.schema.json.
nlohmann::json scores_json(const ScoreValues& scores);

}  // namespace ocrtune
