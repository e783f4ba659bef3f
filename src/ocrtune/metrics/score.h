#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// A number by which a page, or the mean over pages, is judged. Those that this program names stand
/// here, in the order they are listed; a score that is declared without a name here gets the next
/// number.
enum class Score {
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

/// What a score has to do with something that a page may lack.
enum class Need {
  none,
  uses,   ///< changes the value of a page that has it
  needs,  ///< a page without it has no value
};

/// The same in each language of the page.
struct Texts {
  std::string_view en;
  std::string_view fr;
};

/// All that is stated of a score; its columns, its place in objectives and constraints, its help
/// follow from it.
struct ScoreDeclaration {
  std::string_view name;  ///< of the command line, files and tables: [a-z][a-z0-9_]*, at most 40
  Texts title;
  Texts help;                       ///< a sentence for whoever chooses what to tune
  std::string_view unit = {};       ///< of a value times `scale`: "points", "%", or nothing
  double scale = 1;                 ///< by what a value is multiplied where people read it
  bool minimized = false;           ///< small is good
  Need truth = Need::none;          ///< Page::truth
  Need reference = Need::none;      ///< Page::reference
  std::optional<double> most = {};  ///< a page counts at most so much in a mean
  bool of_clock = false;            ///< differs each time, so that it isn't compared or exported
  std::optional<Score> score = {};  ///< where this program names it
};

/// Of a score that is declared. Thread-safe, as are the following.
const ScoreDeclaration& declaration_of(Score score);

/// All scores, in the order they are listed.
const std::vector<Score>& all_scores();

/// Their names, in that order.
std::vector<std::string> score_names();

std::string_view score_name(Score score);
bool is_minimized(Score score);

/// True where only pages with a reference (Page::reference) have a value.
bool needs_reference(Score score);

/// True where the reference of a page that has one, and no truth, changes its value.
bool uses_reference(Score score);

/// True where only pages with a truth have a value.
bool needs_truth(Score score);

/// True where the truth of a page that has one changes its value.
bool uses_truth(Score score);

/// By what a value is multiplied where people read it: 100 for error rates.
double shown_scale(Score score);

/// "points", "%", "ms a page", or nothing.
std::string_view unit_of(Score score);

/// What counts where a page couldn't be read: 0, or 1 where small is good.
double worst_value(Score score);

/// True if `a` is strictly better than `b`.
bool is_better(Score score, double a, double b);

/// The value as samplers and pruners want it: small is good. Its own inverse.
double to_minimize(Score score, double value);

/// Throws Error(invalid_argument) for an unknown name.
Score score_named(std::string_view name);

}  // namespace ocrtune
