#pragma once

#include <string_view>
#include <vector>

namespace ocrtune {

/// The number of a trial that a study makes as large, or as small, as it can: the mean over pages.
enum class Objective { confidence, cer, wer };

std::string_view objective_name(Objective objective);
bool is_minimized(Objective objective);

/// True if `a` is strictly better than `b`.
bool is_better(Objective objective, double a, double b);

/// Throws Error(wrong_use) for an unknown name.
Objective objective_named(std::string_view name);

}  // namespace ocrtune
