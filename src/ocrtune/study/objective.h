#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// A number of a trial that a study makes as large, or as small, as it can: the mean over pages.
enum class Objective {
  confidence,
  char_confidence,
  legible,
  net_legible,
  clarity,
  checked_clarity,
  lexicon,
  garbage,
  agreement,
  coverage,
  cer,
  wer,
  bow,
  words,
  sharpness,
  contrast,
  cnr,
  time
};

/// All objectives, in the order they are listed.
const std::vector<Objective>& all_objectives();

/// Those that a trial may lack, in the order they are shown: errors without truth, and what came
/// with later formats of studies.
inline constexpr std::array kPossiblyMissing{
    Objective::cer,     Objective::wer,         Objective::bow,       Objective::char_confidence,
    Objective::legible, Objective::net_legible, Objective::clarity,   Objective::checked_clarity,
    Objective::lexicon, Objective::garbage,     Objective::agreement, Objective::coverage};

/// Their names, in that order.
std::vector<std::string> objective_names();

std::string_view objective_name(Objective objective);
bool is_minimized(Objective objective);

/// True where only pages with a reference (Page::reference) have a value.
bool needs_reference(Objective objective);

/// True where the reference of a page that has one, and no truth, changes its value.
bool uses_reference(Objective objective);

/// True where only pages with a truth have a value.
bool needs_truth(Objective objective);

/// True where the truth of a page that has one changes its value.
bool uses_truth(Objective objective);

/// By what a value is multiplied where people read it: 100 for error rates.
double shown_scale(Objective objective);

/// "points", "%", "ms a page", or nothing.
std::string_view unit_of(Objective objective);

/// True if `a` is strictly better than `b`.
bool is_better(Objective objective, double a, double b);

/// The value as samplers and pruners want it: small is good. Its own inverse.
double to_minimize(Objective objective, double value);

/// Throws Error(invalid_argument) for an unknown name.
Objective objective_named(std::string_view name);

}  // namespace ocrtune
