#pragma once

#include <string>
#include <vector>

#include "ocrtune/study/storage.h"

namespace ocrtune {

/// The trials of a study that no other one beats in all objectives at once.
struct ParetoFront {
  struct Entry {
    std::size_t number = 0;
    Point point;
    std::vector<double> values;  ///< one for each objective
  };
  std::vector<Score> objectives;
  std::vector<Entry> entries;  ///< by the first objective, the best first; the baseline may be one
  Space space;                 ///< of their points
};

/// Trials that break a constraint are left out.
ParetoFront pareto_front(const StudyDefinition& definition, const std::vector<Trial>& trials);

std::string pareto_text(const ParetoFront& front);

/// `;`, UTF-8, header: point_id, the objectives, the parameters.
std::string pareto_csv(const ParetoFront& front);

}  // namespace ocrtune
