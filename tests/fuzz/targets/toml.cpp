// Pipelines, portfolios and recipes.

#include "fuzz/common/require.h"
#include "fuzz/targets/target.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/pipeline/recipe.h"

namespace ocrtune::fuzz {
namespace {

/// What `parse` takes, `text_of` writes in one way.
template <class Parse, class TextOf>
bool check_text(std::string_view input, const Parse& parse, const TextOf& text_of) {
  std::string text;
  if (!is_taken({Errc::pipeline_invalid}, [&] { text = text_of(parse(input, "fuzz")); }))
    return false;
  require(text_of(parse(text, "fuzz")) == text, "what is written is read differently");
  return true;
}

bool run_toml(std::string_view input) {
  bool taken = check_text(input, parse_pipeline, pipeline_text);
  taken |= check_text(input, parse_portfolio, portfolio_text);
  taken |= check_text(input, parse_recipe, recipe_text);
  return taken;
}

std::vector<std::string> toml_seeds() {
  std::vector<std::string> texts;
  for (const Preset& preset : all_presets()) texts.emplace_back(preset.text);
  for (const BuiltInPortfolio& portfolio : all_portfolios()) texts.emplace_back(portfolio.text);
  const Portfolio portfolio{
      .name = "tuned", .description = "of one page", .pipelines = {raw_pipeline()}};
  const std::string name = portfolio.pipelines.front().name();
  texts.push_back(recipe_text(
      {.portfolio = portfolio,
       .choices = {{.name = "fast", .pipelines = {name}, .vote = false, .enough = 90},
                   {.name = "best",
                    .pipelines = {name},
                    .measured = MeasuredChoice{.wrong = 1.5, .seconds = 2, .pages = 3}}},
       .recommended = "fast"}));
  return texts;
}

const Registered kToml{{"toml", run_toml, toml_seeds}};

}  // namespace
}  // namespace ocrtune::fuzz
