#include "ocrtune/study/constraint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune {

Constraint parse_constraint(std::string_view text) {
  const auto refuse = [&](std::string_view why) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("constraint `{}`: {}; NAME>=NUMBER or NAME<=NUMBER is allowed, with x "
                            "behind the number for times the baseline's value",
                            quotable(text, 60), why));
  };
  const std::size_t sign = text.find_first_of("<>");
  if (sign == std::string_view::npos || sign + 1 >= text.size() || text[sign + 1] != '=')
    refuse("has neither >= nor <=");
  const std::string_view name = text.substr(0, sign);
  const std::vector<std::string> names = objective_names();
  if (std::ranges::find(names, name) == names.end())
    refuse(fmt::format("`{}` is none of {}", quotable(name, 60), joined(names)));
  std::string_view number = text.substr(sign + 2);
  Constraint constraint{.score = objective_named(name), .at_least = text[sign] == '>'};
  constraint.of_baseline = number.ends_with('x');
  if (constraint.of_baseline) number.remove_suffix(1);
  if (!parse_number(number, constraint.bound)) refuse("no number");
  return constraint;
}

std::string constraint_text(const Constraint& constraint) {
  return fmt::format("{}{}{}{}", objective_name(constraint.score),
                     constraint.at_least ? ">=" : "<=", constraint.bound,
                     constraint.of_baseline ? "x" : "");
}

double violation(const Constraint& constraint, const MeanScores& means,
                 const MeanScores& baseline) {
  const double scale = shown_scale(constraint.score);
  const double bound = constraint.of_baseline
                           ? constraint.bound * scale * baseline.value(constraint.score)
                           : constraint.bound;
  const double value = scale * means.value(constraint.score);
  const double excess = constraint.at_least ? bound - value : value - bound;
  return excess <= 0 ? 0 : excess / std::max(std::abs(bound), 1e-9);
}

double violation(const std::vector<Constraint>& constraints, const MeanScores& means,
                 const MeanScores& baseline) {
  double sum = 0;
  for (const Constraint& constraint : constraints) sum += violation(constraint, means, baseline);
  return sum;
}

}  // namespace ocrtune
