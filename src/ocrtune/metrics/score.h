#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune {

/// A score of a page, or its mean over pages. The enumerators are the scores that this program
/// refers to, in the order in which they are listed; a score that is declared without an enumerator
/// gets the next number.
enum class Score {
  confidence,         ///< mean of the words' confidences, 0 to 100
  char_confidence,    ///< the same, with words weighted by their length
  legible,            ///< number of characters, each weighted by its word's confidence, 0 to 1
  net_legible,        ///< as `legible`, but words below a confidence of 60 count negatively
  quality,            ///< combines `legible` and `char_confidence`; see text_quality()
  reference_quality,  ///< `quality` minus a penalty for the distance to the ground truth or
                      ///< reference
  lexicon,            ///< share of the letters in words of the model's dictionary
  garbage,            ///< share of the characters in strings that cannot be words; minimized
  agreement,          ///< with the page's reference, 0 to 1; see agreement()
  coverage,           ///< share of the probable text that lies in bounding boxes of words, 0 to 1;
                      ///< see coverage()
  cer,                ///< character error rate, a fraction; may exceed 1
  wer,                ///< word error rate, a fraction; may exceed 1
  bow,                ///< bag-of-words error, a fraction
  words,              ///< number of words
  sharpness,          ///< variance of the image's Laplacian (Pech-Pacheco et al. 2000)
  contrast,           ///< standard deviation of the image's gray levels
  cnr,                ///< contrast-to-noise ratio of the image; see cnr()
  time                ///< running time per page, ms; differs from run to run
};

/// How a score depends on an input that a page may not have.
enum class Need {
  none,   ///< independent of it
  uses,   ///< changes the value of pages that have it
  needs,  ///< pages without it have no value
};

/// Declaration of a score; its columns, its use in objectives and constraints and its help are
/// derived from it.
struct ScoreDeclaration {
  std::string_view name;  ///< on the command line, in files and tables: [a-z][a-z0-9_]*, at most 40
                          ///< characters
  std::string_view title;           ///< display name, as in the middle of a sentence; po/ has its
                                    ///< translations in the context "score"
  std::string_view help;            ///< a sentence for the choice of an objective
  std::string_view unit = {};       ///< unit of a value times `scale`: "points", "%", or nothing
  double scale = 1;                 ///< factor for display
  bool minimized = false;           ///< small values are better
  Need truth = Need::none;          ///< dependence on Page::truth
  Need reference = Need::none;      ///< dependence on Page::reference
  std::optional<double> most = {};  ///< upper bound on a page's value in a mean
  bool of_clock = false;            ///< differs from run to run, so it is neither compared nor
                                    ///< exported
  std::optional<Score> score = {};  ///< its enumerator, if it has one
};

/// The declaration of a score. Thread-safe, as are the following.
const ScoreDeclaration& declaration_of(Score score);

/// All scores, in the order they are listed.
const std::vector<Score>& all_scores();

/// The names of all scores, in that order.
std::vector<std::string> score_names();

/// ScoreDeclaration::name.
std::string_view score_name(Score score);
/// The name in text for people: its title in languages whose words the name is not one of.
std::string shown_name(Score score);
/// ScoreDeclaration::minimized.
bool is_minimized(Score score);

/// True if only pages with a reference (Page::reference) have a value.
bool needs_reference(Score score);

/// True if the reference changes the value of a page that has no ground truth.
bool uses_reference(Score score);

/// True if only pages with ground truth have a value.
bool needs_truth(Score score);

/// True if the ground truth changes the value of a page that has it.
bool uses_truth(Score score);

/// Factor for display: 100 for error rates.
double shown_scale(Score score);

/// "points", "%", "ms a page", or nothing.
std::string_view unit_of(Score score);

/// The value of a page that could not be recognized: 0, or 1 if small is good.
double worst_value(Score score);

/// True if `a` is strictly better than `b`.
bool is_better(Score score, double a, double b);

/// The value with the sign that samplers and pruners minimize. Its own inverse.
double to_minimize(Score score, double value);

/// Throws Error(invalid_argument) for an unknown name.
Score score_named(std::string_view name);

}  // namespace ocrtune
