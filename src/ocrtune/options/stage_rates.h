#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

namespace ocrtune::workflow {

/// Pages per second of each way to run stages, by its name.
using StageRates = std::map<std::string, double>;

/// The rates in a JSON object; nothing if it is something else.
std::optional<StageRates> stage_rates_of(const nlohmann::json& kept);

}  // namespace ocrtune::workflow
