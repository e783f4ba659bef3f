#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A bound on one of a trial's means, or on what any of its pages loses.
struct Constraint {
  Score score = Score::words;  ///< what is bounded
  bool at_least = true;        ///< `bound` is the least value; false: the greatest
  double bound = 0;            ///< in the unit people read: error rates in percent
  bool of_baseline = false;  ///< `bound` is a multiple of the baseline's value, of the mean or page
  bool of_pages = false;     ///< the most that a page may be worse than the baseline's same page

  bool operator==(const Constraint&) const = default;  ///< equal in every field
};

/// Reads "words>=0.8x" (x: times the baseline's), "cer<=12.5", and "loss(cer)<=2": on no page more
/// than 2 points worse than the baseline. Throws Error(invalid_argument).
Constraint parse_constraint(std::string_view text);

/// As parse_constraint reads it.
std::string constraint_text(const Constraint& constraint);

/// How a trial stands to a constraint.
struct Standing {
  double value = 0;  ///< what is bounded, in the unit people read
  /// Whose loss it is: the one that breaks it most, or comes nearest to; nothing for a mean, or
  /// where no page has a value.
  std::optional<std::size_t> page;
  double violation = 0;  ///< by how much it is broken, as a share of the bound; 0: kept
};

/// `pages` and `baseline` are results on the same pages in the same order; pages without a value
/// count for nothing. Where the bound is 0 the violation is a share of the baseline's value.
Standing standing(const Constraint& constraint, const std::vector<PageResult>& pages,
                  const std::vector<PageResult>& baseline);

/// The sum of the violations of all of them; 0 where none is broken.
double violation(const std::vector<Constraint>& constraints, const std::vector<PageResult>& pages,
                 const std::vector<PageResult>& baseline);

}  // namespace ocrtune
