#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A bound on one of a trial's means, or on the loss of each of its pages.
struct Constraint {
  Score score = Score::words;  ///< score that is bounded
  bool at_least = true;        ///< `bound` is the minimum; false: the maximum
  double bound = 0;            ///< in the displayed unit: error rates in percent
  bool of_baseline = false;    ///< `bound` is a multiple of the baseline's value, of the mean or of
                               ///< the page
  bool of_pages = false;       ///< bounds the loss of each page against the baseline

  bool operator==(const Constraint&) const = default;  ///< equal in every field
};

/// Parses "words>=0.8x" (x: times the baseline's value), "cer<=12.5", and "loss(cer)<=2": no page
/// more than 2 points worse than in the baseline. Throws Error(invalid_argument).
Constraint parse_constraint(std::string_view text);

/// Text that parse_constraint reads.
std::string constraint_text(const Constraint& constraint);

/// How far a trial satisfies a constraint.
struct Standing {
  double value = 0;  ///< the bounded value, in the displayed unit
  /// The page with the loss that breaks the constraint most or comes nearest to it; nothing for a
  /// mean, or if no page has a value.
  std::optional<std::size_t> page;
  double violation = 0;  ///< excess as a share of the bound; 0: satisfied
};

/// `pages` and `baseline` are results on the same pages in the same order; pages without a value
/// are ignored. If the bound is 0, the violation is a share of the baseline's value.
Standing standing(const Constraint& constraint, const std::vector<PageResult>& pages,
                  const std::vector<PageResult>& baseline);

/// The sum of the violations of all constraints; 0 if none is broken.
double violation(const std::vector<Constraint>& constraints, const std::vector<PageResult>& pages,
                 const std::vector<PageResult>& baseline);

}  // namespace ocrtune
