#include "ocrtune/study/objective.h"

#include <fmt/format.h>

#include <array>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr std::array kAll{Objective::confidence, Objective::cer, Objective::wer};

}  // namespace

std::string_view objective_name(Objective objective) {
  switch (objective) {
    case Objective::confidence:
      return "confidence";
    case Objective::cer:
      return "cer";
    case Objective::wer:
      return "wer";
  }
  return "";
}

bool is_minimized(Objective objective) { return objective != Objective::confidence; }

bool is_better(Objective objective, double a, double b) {
  return is_minimized(objective) ? a < b : a > b;
}

Objective objective_named(std::string_view name) {
  for (const Objective objective : kAll) {
    if (objective_name(objective) == name) return objective;
  }
  throw Error(
      ExitStatus::wrong_use,
      fmt::format("objective `{}`: allowed are confidence, cer and wer", quotable(name, 60)));
}

}  // namespace ocrtune
