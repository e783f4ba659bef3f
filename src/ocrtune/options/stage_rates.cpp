#include "ocrtune/options/stage_rates.h"

#include <nlohmann/json.hpp>

namespace ocrtune::workflow {

std::optional<StageRates> stage_rates_of(const nlohmann::json& kept) {
  if (!kept.is_object()) return std::nullopt;
  StageRates rates;
  for (const auto& [name, rate] : kept.items()) {
    if (!rate.is_number() || !(rate.get<double>() >= 0)) return std::nullopt;
    rates[name] = rate.get<double>();
  }
  return rates;
}

}  // namespace ocrtune::workflow
