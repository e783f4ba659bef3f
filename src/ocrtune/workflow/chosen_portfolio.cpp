#include "ocrtune/workflow/chosen_portfolio.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/options/effort.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/options/models_in_use.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/pipeline/recipe.h"

namespace ocrtune::workflow {
namespace {

/// `enough` as PortfolioOptions::enough; nothing: all pipelines are tried.
ChoiceRule rule_of(bool vote, std::optional<double> enough) {
  ChoiceRule rule{.choice = vote ? Choice::vote : Choice::best};
  if (enough && *enough < 100) rule.enough = enough;
  return rule;
}

/// Throws if the OCR results of a portfolio's engines would not be combined, or one of the engines
/// cannot be used for one of the languages.
void check_engines(const Portfolio& portfolio, Choice choice,
                   const std::vector<std::string>& languages,
                   const RecognitionOptions& recognition) {
  if (!portfolio.engine_names().empty() && choice != Choice::vote)
    throw OptionError(Errc::invalid_argument, "portfolio", "",
                      tr("its pipelines have several OCR engines, whose results only voting can "
                         "combine: use it with --vote"));
  for (const Pipeline& pipeline : portfolio.pipelines) {
    const PipelineUse use = portfolio.use_of(pipeline);
    if (use.engine.empty()) {
      check_engine_options(pipeline, recognition.engines);
      continue;
    }
    std::vector<std::string> used_for;
    std::ranges::copy_if(languages, std::back_inserter(used_for),
                         [&](const std::string& lang) { return use.is_for(lang); });
    require_engine(use.engine, used_for, recognition);
    check_engine_options(pipeline, use.engine);
  }
}

Portfolio given_pipelines(const std::vector<std::string>& names) {
  Portfolio portfolio{.name = "given", .description = "", .pipelines = {}};
  for (const std::string& name : names) {
    const Pipeline pipeline = load_pipeline(name).at({});
    const auto same = [&](const Pipeline& other) { return other.name() == pipeline.name(); };
    if (std::ranges::any_of(portfolio.pipelines, same))
      throw OptionError(Errc::invalid_argument, "pipeline", "",
                        tr("two pipelines have the name `{}`", pipeline.name()));
    portfolio.pipelines.push_back(pipeline);
  }
  return portfolio;
}

ChosenPortfolio of_effort(const Effort& effort, double enough) {
  return {.portfolio = load_portfolio(std::string(effort.portfolio)),
          .rule = rule_of(true, effort.stops_early ? std::optional(enough) : std::nullopt),
          .does_without_engines = true};
}

ChosenPortfolio of_recipe(const Recipe& recipe, const std::string& name) {
  const RecipeChoice* choice = find_choice(recipe, name);
  if (choice == nullptr) {
    const std::vector<std::string> names = choice_names(recipe);
    throw OptionError(Errc::invalid_argument, "choice", "",
                      tr("`{}` is not one of {}{}", quotable(name, kLongestChoiceName),
                         joined(names), did_you_mean(name, names)));
  }
  return {.portfolio = portfolio_of(recipe, *choice),
          .rule = rule_of(choice->vote, choice->enough),
          .does_without_engines = true};
}

ChosenPortfolio chosen(const PortfolioOptions& options) {
  if (options.recipe) {
    const Recipe recipe = load_recipe(*options.recipe);
    return of_recipe(recipe, options.recipe_choice.value_or(recipe.recommended));
  }
  if (options.recipe_choice)
    throw OptionError(Errc::invalid_argument, "choice", "", tr("needs a recipe"));
  if (const Effort* effort = find_effort(options.effort)) return of_effort(*effort, options.enough);
  return {.portfolio = options.pipelines.empty() ? load_portfolio(options.portfolio)
                                                 : given_pipelines(options.pipelines),
          .rule = rule_of(options.vote, options.enough)};
}

}  // namespace

ChosenPortfolio chosen_portfolio(const PortfolioOptions& options, const OcrOptions& ocr) {
  ChosenPortfolio result = chosen(options);
  result.rule.looks_for_columns = !ocr.psm;
  return result;
}

Portfolio usable_portfolio(ChosenPortfolio chosen, const std::vector<std::string>& languages,
                           const RecognitionOptions& recognition, const Events& events) {
  Portfolio portfolio = std::move(chosen.portfolio);
  if (chosen.does_without_engines)
    portfolio = with_usable_engines(std::move(portfolio), languages, recognition, events);
  portfolio = with_models_there(std::move(portfolio), languages, events);
  check_engines(portfolio, chosen.rule.choice, languages, recognition);
  return portfolio;
}

const Pipeline& longest(const Portfolio& portfolio) {
  return *std::ranges::max_element(portfolio.pipelines, {}, [](const Pipeline& pipeline) {
    return std::ranges::count_if(pipeline.stages(), &StageUse::on);
  });
}

}  // namespace ocrtune::workflow
