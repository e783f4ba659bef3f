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
  confidence,       ///< mean of the words' confidences, 0 to 100
  char_confidence,  ///< the same, each word counted by its characters
  legible,          ///< characters, each weighted by its word's confidence, 0 to 1
  net_legible,      ///< as `legible`, but words below a confidence of 60 count against the page
  clarity,          ///< of both at once: text that is lost can't be made good; see clarity()
  checked_clarity,  ///< `clarity` less the distance from truth or reference
  lexicon,          ///< share of the letters that stand in words of the language's word list
  garbage,          ///< share of the characters that stand in what can't be a word; small is good
  agreement,        ///< with the page's reference (agreement()), 0 to 1
  coverage,         ///< share of what looks like text that lies under words (coverage()), 0 to 1
  cer,              ///< character error rate, a fraction; may exceed 1
  wer,              ///< word error rate, a fraction; may exceed 1
  bow,              ///< word error rate whatever the words' order, a fraction
  words,            ///< number of words
  sharpness,        ///< variance of the image's Laplacian (Pech-Pacheco et al. 2000)
  contrast,         ///< standard deviation of the image's gray levels
  cnr,              ///< contrast to noise of the image; see cnr()
  time              ///< ms that a page took; differs each time
};

/// What a score has to do with something that a page may lack.
enum class Need {
  none,   ///< has nothing to do with it
  uses,   ///< changes the value of a page that has it
  needs,  ///< a page without it has no value
};

/// The same in each language of the page.
struct Texts {
  std::string_view en;  ///< English
  std::string_view fr;  ///< French
};

/// All that is stated of a score; its columns, its place in objectives and constraints, its help
/// follow from it.
struct ScoreDeclaration {
  std::string_view name;  ///< of the command line, files and tables: [a-z][a-z0-9_]*, at most 40
  Texts title;            ///< what people call it, as in the middle of a sentence
  Texts help;             ///< a sentence for whoever chooses what to tune
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

/// ScoreDeclaration::name.
std::string_view score_name(Score score);
/// ScoreDeclaration::minimized.
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
