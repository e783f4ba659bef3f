#include "ocrtune/metrics/score.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {

std::vector<std::string> score_names() {
  std::vector<std::string> names;
  names.reserve(all_scores().size());
  for (const Score score : all_scores()) names.emplace_back(score_name(score));
  return names;
}

std::string_view score_name(Score score) { return declaration_of(score).name; }
bool is_minimized(Score score) { return declaration_of(score).minimized; }
bool needs_truth(Score score) { return declaration_of(score).truth == Need::needs; }
bool uses_truth(Score score) { return declaration_of(score).truth != Need::none; }
bool needs_reference(Score score) { return declaration_of(score).reference == Need::needs; }
bool uses_reference(Score score) { return declaration_of(score).reference != Need::none; }
std::string shown_name(Score score) {
  const ScoreDeclaration& declaration = declaration_of(score);
  return current_language() == Language::english ? std::string(declaration.name)
                                                 : translated("score", declaration.title);
}

double shown_scale(Score score) { return declaration_of(score).scale; }
std::string_view unit_of(Score score) { return declaration_of(score).unit; }
double worst_value(Score score) { return is_minimized(score) ? 1 : 0; }

bool is_better(Score score, double a, double b) { return is_minimized(score) ? a < b : a > b; }

double to_minimize(Score score, double value) { return is_minimized(score) ? value : -value; }

Score score_named(std::string_view name) {
  const auto found = std::ranges::find(all_scores(), name, score_name);
  if (found != all_scores().end()) return *found;
  throw Error(Errc::invalid_argument, tr("unknown objective `{}`; available: {}",
                                         quotable(name, 60), joined(score_names())));
}

}  // namespace ocrtune
