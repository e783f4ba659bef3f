#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/constraint.h"

namespace ocrtune {

/// The sampler's name in studies of `ocrtune screen`: a design of Sobol points, all evaluated.
inline constexpr const char* kDesign = "design";

/// The pruner's name in studies that stop no trial early.
inline constexpr const char* kNoPruner = "none";

/// How a study chooses its points, and which trials may end early.
struct SearchSettings {
  std::string sampler = kDesign;        ///< a sampler's name, or kDesign
  std::string pruner = kNoPruner;       ///< a pruner's name, or kNoPruner
  std::size_t in_flight = 1;            ///< trials asked for before the results of earlier ones
  bool sampled = false;                 ///< the pages are some of more, the others are left aside
  std::vector<Score> more_objectives;   ///< besides the study's first one
  std::vector<Constraint> constraints;  ///< a point that breaks one isn't recommended
  std::vector<Point> first;             ///< points that are evaluated before the sampler is asked
  std::size_t whole = 0;  ///< so many of them, from the first on, on all pages in any case
  bool steady = false;    ///< a point is recommended only where its gain is steady (gains_steadily)

  bool operator==(const SearchSettings&) const = default;  ///< equal in every field
};

/// The settings as JSON in one line. Equal settings give equal text.
std::string search_text(const SearchSettings& settings);

/// What search_text wrote. Throws Error(study_error), without a file's name, for anything else.
SearchSettings search_from(std::string_view text);

}  // namespace ocrtune
