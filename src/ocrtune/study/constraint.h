#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/study/objective.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A bound on one of a trial's means.
struct Constraint {
  Objective score = Objective::words;
  bool at_least = true;
  double bound = 0;          ///< in the unit people read: error rates in percent
  bool of_baseline = false;  ///< `bound` is a multiple of the baseline's value

  bool operator==(const Constraint&) const = default;
};

/// Reads "words>=0.8x" (x: times the baseline's), "cer<=12.5". Throws Error(wrong_use).
Constraint parse_constraint(std::string_view text);

/// As parse_constraint reads it.
std::string constraint_text(const Constraint& constraint);

/// By how much `means` break the constraint, as a share of the bound; 0 where they don't.
double violation(const Constraint& constraint, const MeanScores& means, const MeanScores& baseline);

/// The sum over all of them; 0 where none is broken.
double violation(const std::vector<Constraint>& constraints, const MeanScores& means,
                 const MeanScores& baseline);

}  // namespace ocrtune
