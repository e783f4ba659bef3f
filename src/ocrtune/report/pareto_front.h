#pragma once

#include <string>
#include <vector>

#include "ocrtune/study/storage.h"

namespace ocrtune {

/// The trials of a study that no other one beats in all objectives at once.
struct ParetoFront {
  /// A trial of the front.
  struct Entry {
    std::size_t number = 0;      ///< the trial's; 0: the baseline
    Point point;                 ///< empty for the baseline
    std::vector<double> values;  ///< one for each objective
  };
  std::vector<Score> objectives;  ///< the study's, its first one first
  std::vector<Entry> entries;  ///< by the first objective, the best first; the baseline may be one
  Space space;                 ///< of their points
};

/// Trials that break a constraint are left out.
ParetoFront pareto_front(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// The front for people: one line a point, with its values and settings.
std::string pareto_text(const ParetoFront& front);

/// `;`, UTF-8, header: point_id, the objectives, the parameters.
std::string pareto_csv(const ParetoFront& front);

}  // namespace ocrtune
