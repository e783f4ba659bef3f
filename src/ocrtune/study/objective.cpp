#include "ocrtune/study/objective.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

struct Facts {
  Objective objective;
  std::string_view name;
  bool minimized;
  bool needs_truth;
  double scale;
  std::string_view unit;
};

constexpr std::array kFacts{
    Facts{Objective::confidence, "confidence", false, false, 1, "points"},
    Facts{Objective::char_confidence, "char_confidence", false, false, 1, "points"},
    Facts{Objective::legible, "legible", false, false, 1, "characters a page"},
    Facts{Objective::net_legible, "net_legible", false, false, 1, "characters a page"},
    Facts{Objective::clarity, "clarity", false, false, 1, "points"},
    Facts{Objective::checked_clarity, "checked_clarity", false, false, 1, "points"},
    Facts{Objective::lexicon, "lexicon", false, false, 100, "%"},
    Facts{Objective::garbage, "garbage", true, false, 100, "%"},
    Facts{Objective::agreement, "agreement", false, false, 100, "%"},
    Facts{Objective::coverage, "coverage", false, false, 100, "%"},
    Facts{Objective::cer, "cer", true, true, 100, "%"},
    Facts{Objective::wer, "wer", true, true, 100, "%"},
    Facts{Objective::bow, "bow", true, true, 100, "%"},
    Facts{Objective::words, "words", false, false, 1, "words a page"},
    Facts{Objective::sharpness, "sharpness", false, false, 1, ""},
    Facts{Objective::contrast, "contrast", false, false, 1, "gray levels"},
    Facts{Objective::cnr, "cnr", false, false, 1, ""},
    Facts{Objective::time, "time", true, false, 1, "ms a page"},
};

const Facts& facts_of(Objective objective) {
  return *std::ranges::find(kFacts, objective, &Facts::objective);
}

}  // namespace

const std::vector<Objective>& all_objectives() {
  static const std::vector<Objective> kAll = [] {
    std::vector<Objective> all;
    all.reserve(std::size(kFacts));
    for (const Facts& facts : kFacts) all.push_back(facts.objective);
    return all;
  }();
  return kAll;
}

std::vector<std::string> objective_names() {
  std::vector<std::string> names;
  names.reserve(std::size(kFacts));
  for (const Facts& facts : kFacts) names.emplace_back(facts.name);
  return names;
}

std::string_view objective_name(Objective objective) { return facts_of(objective).name; }
bool is_minimized(Objective objective) { return facts_of(objective).minimized; }
bool needs_truth(Objective objective) { return facts_of(objective).needs_truth; }
bool uses_truth(Objective objective) {
  return needs_truth(objective) || objective == Objective::checked_clarity;
}
bool needs_reference(Objective objective) { return objective == Objective::agreement; }
bool uses_reference(Objective objective) {
  return needs_reference(objective) || objective == Objective::checked_clarity;
}
double shown_scale(Objective objective) { return facts_of(objective).scale; }
std::string_view unit_of(Objective objective) { return facts_of(objective).unit; }

bool is_better(Objective objective, double a, double b) {
  return is_minimized(objective) ? a < b : a > b;
}

double to_minimize(Objective objective, double value) {
  return is_minimized(objective) ? value : -value;
}

Objective objective_named(std::string_view name) {
  const auto found = std::ranges::find(kFacts, name, &Facts::name);
  if (found != kFacts.end()) return found->objective;
  throw Error(Errc::invalid_argument, fmt::format("objective `{}`: allowed are {}",
                                                  quotable(name, 60), joined(objective_names())));
}

}  // namespace ocrtune
