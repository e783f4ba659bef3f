#pragma once

#include <pybind11/pybind11.h>

#include <string>

#include "ocrtune/metrics/score_values.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/trial.h"

namespace ocrtune::python {

/// Adds each score by its name.
void add_scores(pybind11::dict& row, const ScoreValues& scores);

/// Adds the values of a point by `prefix` and name: those that the space has, because the point may
/// come from a damaged file.
void add_params(pybind11::dict& row, const Space& space, const Point& point,
                const std::string& prefix);

/// A trial as a dict: columns of a table, of which pandas.DataFrame takes a list.
pybind11::dict trial_row(const Space& space, const Trial& trial);
/// The same, without scores.
pybind11::dict trial_row(const Space& space, const PrunedTrial& trial);

}  // namespace ocrtune::python
