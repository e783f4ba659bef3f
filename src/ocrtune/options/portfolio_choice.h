#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocrtune/options/option.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::workflow {

/// The pipelines that are tried on each page, and how their OCR results are combined.
struct PortfolioOptions {
  std::string portfolio = "documents";  ///< a portfolio that comes with ocrtune, or a TOML file
  std::vector<std::string> pipelines;   ///< pipelines to use instead of a portfolio
  bool vote = false;                    ///< combine a page's OCR results by voting
  /// The name of one of kEfforts (effort.h), which states the members above; empty: as they do.
  std::optional<std::string> effort;
  /// Stops trying further pipelines for a page once the mean confidence of its characters, 0 to
  /// 100, reaches this value; 100: never.
  double enough = kEnoughConfidence;
  /// The TOML file of a recipe (pipeline/recipe.h), one of whose choices states the members above;
  /// empty: as they do.
  std::optional<std::string> recipe = {};
  std::optional<std::string> recipe_choice = {};  ///< its name; empty: the recommended one
};

/// The option table; it points into `options`, which must outlive it.
Options options_of(PortfolioOptions& options);

}  // namespace ocrtune::workflow
