#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// A way of reading the pages, and what it gives and takes on pages on which it was not chosen.
struct RecipePoint {
  std::string name;    ///< "original", "low", "normal", "high", or of a tuned choice
  bool tuned = false;  ///< found by the search
  double wrong = 0;    ///< of 100 characters, those expected to be wrong; the errors themselves on
                       ///< pages with ground truth
  double seconds = 0;  ///< per page, of a worker while others worked
  /// On the Pareto front of `wrong` and `seconds`.
  bool on_front = false;
};

/// What a study says about reading its collection: on the original pages, with ocrtune untuned, and
/// with what was found.
struct Verdict {
  std::size_t pages = 0;       ///< on which it was measured
  std::size_t with_truth = 0;  ///< of them with ground truth
  /// The pages were not used in the search; else each was judged by what the other ones chose.
  bool kept_aside = true;
  std::vector<RecipePoint> points;    ///< at least those that the members below name
  std::string original = "original";  ///< name of the point of the original pages
  std::string untuned;                ///< what a user would do instead
  std::string found;                  ///< the recommended tuned choice
  Interval wrong;                     ///< of `found`, with its 95 % interval
  Interval gain;                      ///< by how much `wrong` of `untuned` is greater, page by page
  bool recommends = false;            ///< the tuned choice; else `untuned`
  std::string recipe;                 ///< the recipe that was found, in TOML (pipeline/recipe.h)

  /// The point of a name, which must be one.
  [[nodiscard]] const RecipePoint& point(std::string_view name) const;
};

/// "Of 100 characters, about 16 are wrong on the original pages, 4.1 with ocrtune untuned …" and
/// what is recommended; two lines.
std::string verdict_text(const Verdict& verdict);

/// The arguments of `ocrtune apply` for what the verdict recommends: "--recipe best.toml", or
/// "--effort normal". `file` is shown as it is.
std::string recommended_arguments(const Verdict& verdict, std::string_view file);

/// The verdict from what verdict_json() gave (analysis/results_json.h). Throws Error(study_error)
/// if it is none.
Verdict parse_verdict(std::string_view text);

/// The verdict of a study; nothing before its first end. Throws Error(study_error).
std::optional<Verdict> verdict_of(const Storage& study);

}  // namespace ocrtune
