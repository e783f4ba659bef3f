#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/sobol_indices.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Minimum number of points for computing importance, and how many of the first are inspected.
constexpr std::size_t kImportancePoints = 32;
constexpr std::size_t kMaxImportancePoints = 1024;

/// Minimum number of points for confidence intervals: resamples of fewer points hardly differ in
/// the terms that were chosen, so that intervals would be too narrow.
constexpr std::size_t kIntervalPoints = 64;

/// The influence of each free parameter on a study's objective.
struct Importance {
  struct Parameter {
    std::string name;
    SobolIndex index;
  };
  std::size_t points = 0;
  double explained = 0;               ///< see SobolIndices
  std::vector<Parameter> parameters;  ///< the most important (total order) first

  /// True if there are enough points for the confidence intervals of `parameters`, and more than
  /// one of them explains anything: if one does alone, all resamples give it all of the variance.
  [[nodiscard]] bool has_intervals() const;
};

/// Sobol indices of the study's objective over its screening. None if it has fewer than
/// kImportancePoints points, or points that are not of its Sobol design. A parameter that exists
/// only while a switch is on counts with its effect while it is on. Pure.
std::optional<Importance> importance(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials);

/// True if importance() depends on the trial: the others need not be kept for it. Pure.
bool is_for_importance(const StudyDefinition& definition, const Trial& trial);

/// A table as text; several lines, ending with a line end.
std::string importance_text(const Importance& importance);

nlohmann::json importance_json(const Importance& importance);

}  // namespace ocrtune
