#pragma once

#include <string>
#include <vector>

#include "ocrtune/apply/best_result.h"
#include "ocrtune/base/events.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/options/options.h"
#include "ocrtune/options/portfolio_choice.h"
#include "ocrtune/pipeline/portfolio.h"

namespace ocrtune::workflow {

/// What options choose.
struct ChosenPortfolio {
  Portfolio portfolio;  ///< the pipelines
  ChoiceRule rule;      ///< how the OCR results of a page are combined
  /// Whether it is used without engines that this machine lacks, as with an effort or a recipe.
  bool does_without_engines = false;
};

/// The pipelines and the rule. Columns are looked for unless a page segmentation mode is stated.
/// Throws Error(pipeline_invalid); Error(invalid_argument) if two pipelines have the same name, or
/// for a choice that the recipe does not have.
ChosenPortfolio chosen_portfolio(const PortfolioOptions& options, const OcrOptions& ocr = {});

/// The portfolio for these languages: of an effort or a recipe, without the pipelines of engines
/// that cannot be used for them, of which `events` are told. Throws Error if the OCR results of its
/// engines would not be combined, or one of the engines cannot be used for one of the languages.
Portfolio usable_portfolio(ChosenPortfolio chosen, const std::vector<std::string>& languages,
                           const RecognitionOptions& recognition, const Events& events);

/// The pipeline with the most stages, for which devices are chosen.
const Pipeline& longest(const Portfolio& portfolio);

}  // namespace ocrtune::workflow
