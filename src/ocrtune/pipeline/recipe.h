#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune {

/// What was measured of a choice on pages on which it was not chosen.
struct MeasuredChoice {
  double wrong = 0;       ///< of 100 characters, expected to be wrong; from 0
  double seconds = 0;     ///< a page, of a worker while others worked; from 0
  std::size_t pages = 0;  ///< number of these pages, up to kMaxMeasuredPages

  /// Whether all members are equal.
  bool operator==(const MeasuredChoice&) const = default;
};

/// One way to use the pipelines of a recipe.
struct RecipeChoice {
  /// As --choice takes it: one line of 1 to kLongestChoiceName bytes, such as "fast", "balanced" or
  /// "best".
  std::string name;
  /// Names of pipelines of the recipe, all different, in the order in which they are tried; at
  /// least one.
  std::vector<std::string> pipelines;
  /// Combine the OCR results of a page by voting; true if a pipeline has an engine of its own.
  bool vote = true;
  /// Confidence, 0 to 100, from which no further pipeline is tried, as --enough; none: all are.
  std::optional<double> enough = {};
  std::optional<MeasuredChoice> measured = {};  ///< none: it was not measured

  /// Whether all members are equal.
  bool operator==(const RecipeChoice&) const = default;
};

/// The complete way to read a collection: pipelines with their engines, and choices of them by the
/// time that a page may take.
struct Recipe {
  Portfolio portfolio;                ///< all pipelines, with their uses
  std::vector<RecipeChoice> choices;  ///< 1 to kMaxRecipeChoices, names all different
  std::string recommended;            ///< the name of one of them
};

/// Greatest number of choices of a recipe.
inline constexpr std::size_t kMaxRecipeChoices = 8;

/// Greatest length of a choice's name, bytes.
inline constexpr std::size_t kLongestChoiceName = 60;

/// Greatest number of pages on which a choice was measured.
inline constexpr std::size_t kMaxMeasuredPages = 1'000'000'000;

/// Reads a recipe in TOML (docs/explanation/best_of_every_page.md). `source` names it in messages.
/// Throws Error(pipeline_invalid) with one line: source, line, what is wrong, what is allowed.
Recipe parse_recipe(std::string_view text, std::string_view source);

/// The recipe in TOML; parse_recipe gives the same one back.
std::string recipe_text(const Recipe& recipe);

/// The recipe in a file of at most 1 MB. Throws Error(pipeline_invalid).
Recipe load_recipe(const std::string& path);

/// The choice of that name; nullptr for none. Valid as long as the recipe is.
const RecipeChoice* find_choice(const Recipe& recipe, std::string_view name);

/// The names of its choices, in their order.
std::vector<std::string> choice_names(const Recipe& recipe);

/// The pipelines of one of its choices, in the order of the choice, with their uses and the
/// recipe's name and description. Throws Error(pipeline_invalid) if the recipe lacks one of them.
Portfolio portfolio_of(const Recipe& recipe, const RecipeChoice& choice);

}  // namespace ocrtune
