#include "trial_rows.h"

#include <cstdint>
#include <optional>
#include <type_traits>

#include "ocrtune/metrics/score.h"
#include "values.h"

namespace ocrtune::python {
namespace {

namespace py = pybind11;

/// A point in time as a float, s since 1970.
double seconds_of(std::int64_t microseconds) { return static_cast<double>(microseconds) / 1e6; }

template <typename AnyTrial>
py::dict any_row(const Space& space, const AnyTrial& trial) {
  py::dict columns;
  columns["number"] = trial.number;
  columns["state"] = std::is_same_v<AnyTrial, Trial> ? "complete" : "pruned";
  columns["started"] = seconds_of(trial.started_us);
  columns["finished"] = seconds_of(trial.finished_us);
  if constexpr (std::is_same_v<AnyTrial, Trial>) add_scores(columns, trial.means());
  add_params(columns, space, trial.point, "params_");
  return columns;
}

}  // namespace

void add_scores(py::dict& row, const ScoreValues& scores) {
  for (const Score score : all_scores()) {
    if (const std::optional<double> value = scores.find(score))
      row[py::str(std::string(score_name(score)))] = *value;
  }
}

void add_params(py::dict& row, const Space& space, const Point& point, const std::string& prefix) {
  for (const Dimension& dimension : space.dimensions()) {
    if (const std::optional<double> value = point.find(dimension.name))
      row[py::str(prefix + dimension.name)] =
          python_value(dimension.type, dimension.choices, *value);
  }
}

py::dict trial_row(const Space& space, const Trial& trial) { return any_row(space, trial); }

py::dict trial_row(const Space& space, const PrunedTrial& trial) { return any_row(space, trial); }

}  // namespace ocrtune::python
