#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/constraint.h"

namespace ocrtune {

/// Sampler name of the studies of `ocrtune screen`: a complete design of Sobol points.
inline constexpr const char* kDesign = "design";

/// Pruner name of studies without pruning.
inline constexpr const char* kNoPruner = "none";

/// How a study chooses its points and prunes trials.
struct SearchSettings {
  std::string sampler = kDesign;        ///< name of a sampler, or kDesign
  std::string pruner = kNoPruner;       ///< name of a pruner, or kNoPruner
  std::size_t in_flight = 1;            ///< trials requested before the results of earlier ones
  bool sampled = false;                 ///< the pages are a sample; further pages of the corpus are
                                        ///< ignored
  std::vector<Score> more_objectives;   ///< besides the study's first one
  std::vector<Constraint> constraints;  ///< points that break one are not recommended
  std::vector<Point> first;             ///< initial points
  std::size_t whole = 0;                ///< the first `whole` initial points are never pruned
  bool steady = false;  ///< recommend a point only if its gain is steady (chosen_candidate)
  /// OCR engine whose results take part in the pages' references besides those of the study's
  /// engine; empty: none.
  std::string reference_engine = {};
  std::size_t starts = 0;  ///< of a local sampler: the number of its searches; 0: any
  std::size_t planned =
      0;  ///< points that a screening was last asked for; 0: unknown; not compared

  bool operator==(const SearchSettings&) const = default;  ///< equal in every field
};

/// The settings as one line of JSON. Equal settings give equal text.
std::string search_text(const SearchSettings& settings);

/// Parses the text of search_text. Throws Error(study_error), without a file's name, for anything
/// else.
SearchSettings search_from(std::string_view text);

}  // namespace ocrtune
