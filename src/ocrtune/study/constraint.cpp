#include "ocrtune/study/constraint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::string_view kLoss = "loss(";

/// Tolerance for decimal fractions: 12 % - 10 % is a little more than 2.
constexpr double kRounding = 1e-9;

/// The excess as a share of the bound; of `instead` if the bound is 0, of 1 if both are 0.
double share_of(double excess, double bound, double instead) {
  const double unit = bound != 0 ? std::abs(bound) : std::abs(instead);
  return excess / (unit > 0 ? unit : 1);
}

Standing mean_standing(const Constraint& constraint, const std::vector<PageResult>& pages,
                       const std::vector<PageResult>& baseline) {
  const double scale = shown_scale(constraint.score);
  const auto mean = [&](const std::vector<PageResult>& results) {
    return scale * mean_score(results, constraint.score).value_or(worst_value(constraint.score));
  };
  const double of_baseline = mean(baseline);
  const double bound = constraint.bound * (constraint.of_baseline ? of_baseline : 1);
  Standing result{.value = mean(pages)};
  const double excess = constraint.at_least ? bound - result.value : result.value - bound;
  result.violation = std::max(0.0, share_of(excess, bound, of_baseline));
  return result;
}

Standing page_standing(const Constraint& constraint, const std::vector<PageResult>& pages,
                       const std::vector<PageResult>& baseline) {
  const double scale = shown_scale(constraint.score);
  Standing result;
  double nearest = 0;
  for (std::size_t page = 0; page < std::min(pages.size(), baseline.size()); ++page) {
    const auto gain = page_gain(baseline[page], pages[page], constraint.score);
    if (!gain) continue;
    const double before = std::abs(scale * *page_value(baseline[page], constraint.score));
    const double bound = constraint.bound * (constraint.of_baseline ? before : 1);
    const double excess = -scale * *gain - bound;
    const double nearness = share_of(excess, bound, before);
    if (result.page && nearness <= nearest) continue;
    nearest = nearness;
    result.page = page;
    result.value = 0 - scale * *gain;
    result.violation = excess <= kRounding * std::max(before, bound) ? 0 : nearness;
  }
  return result;
}

}  // namespace

Constraint parse_constraint(std::string_view text) {
  const auto refuse = [&](std::string_view why) {
    throw Error(
        Errc::invalid_argument,
        tr("constraint `{}`: {}; allowed: NAME>=NUMBER, NAME<=NUMBER or loss(NAME)<=NUMBER, with x "
           "after the number for a multiple of the baseline's value",
           quotable(text, 60), why));
  };
  const std::size_t sign = text.find_first_of("<>");
  if (sign == std::string_view::npos || sign + 1 >= text.size() || text[sign + 1] != '=')
    refuse(tr("has neither >= nor <="));
  std::string_view name = text.substr(0, sign);
  Constraint constraint{.at_least = text[sign] == '>'};
  constraint.of_pages = name.starts_with(kLoss) && name.ends_with(')');
  if (constraint.of_pages) {
    name.remove_prefix(kLoss.size());
    name.remove_suffix(1);
    if (constraint.at_least) refuse(tr("loss(NAME) takes only <="));
  }
  const std::vector<std::string> names = score_names();
  if (std::ranges::find(names, name) == names.end())
    refuse(tr("`{}` is not one of {}", quotable(name, 60), joined(names)));
  constraint.score = score_named(name);
  std::string_view number = text.substr(sign + 2);
  constraint.of_baseline = number.ends_with('x');
  if (constraint.of_baseline) number.remove_suffix(1);
  if (!parse_number(number, constraint.bound)) refuse(tr("the bound is not a number"));
  if (constraint.of_pages && constraint.bound < 0)
    refuse(tr("with a negative bound, not even the originals satisfy it"));
  return constraint;
}

std::string constraint_text(const Constraint& constraint) {
  const std::string_view name = score_name(constraint.score);
  return fmt::format(
      "{}{}{}{}", constraint.of_pages ? fmt::format("{}{})", kLoss, name) : std::string(name),
      constraint.at_least ? ">=" : "<=", constraint.bound, constraint.of_baseline ? "x" : "");
}

Standing standing(const Constraint& constraint, const std::vector<PageResult>& pages,
                  const std::vector<PageResult>& baseline) {
  return constraint.of_pages ? page_standing(constraint, pages, baseline)
                             : mean_standing(constraint, pages, baseline);
}

double violation(const std::vector<Constraint>& constraints, const std::vector<PageResult>& pages,
                 const std::vector<PageResult>& baseline) {
  double sum = 0;
  for (const Constraint& constraint : constraints)
    sum += standing(constraint, pages, baseline).violation;
  return sum;
}

}  // namespace ocrtune
