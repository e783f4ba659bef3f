#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/sobol_indices.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Points from which on importance is worked out, and how many of the first are looked at.
constexpr std::size_t kImportancePoints = 32;
constexpr std::size_t kMostImportancePoints = 1024;

/// What each free parameter does to a study's objective.
struct Importance {
  struct Parameter {
    std::string name;
    SobolIndex index;
  };
  std::size_t points = 0;
  double explained = 0;               ///< see SobolIndices
  std::vector<Parameter> parameters;  ///< the most important (total order) first
};

/// Sobol's indices of the study's objective over its screening. None where it has fewer than
/// kImportancePoints points, or points that are none of its Sobol design. A parameter that exists
/// only while a switch is on counts by what it does then. Pure.
std::optional<Importance> importance(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials);

/// A table for a person; several lines, ending with a line end.
std::string importance_text(const Importance& importance);

nlohmann::json importance_json(const Importance& importance);

}  // namespace ocrtune
