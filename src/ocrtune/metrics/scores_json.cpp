#include "ocrtune/metrics/scores_json.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

namespace ocrtune {

nlohmann::json scores_json(const ScoreValues& scores) {
  nlohmann::json result = nlohmann::json::object();
  for (const Score score : all_scores()) {
    const std::optional<double> value = scores.find(score);
    if (value && std::isfinite(*value) && !declaration_of(score).of_clock)
      result[std::string(score_name(score))] = *value;
  }
  return result;
}

}  // namespace ocrtune
