#include "ocrtune/pipeline/recipe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/portfolio_toml.h"
#include "ocrtune/pipeline/setting_toml.h"

namespace ocrtune {
namespace {

std::vector<std::string> pipeline_names(const Portfolio& portfolio) {
  std::vector<std::string> names;
  names.reserve(portfolio.pipelines.size());
  for (const Pipeline& pipeline : portfolio.pipelines) names.push_back(pipeline.name());
  return names;
}

std::string unknown_pipeline(const Portfolio& portfolio, const RecipeChoice& choice,
                             const std::string& name) {
  const std::vector<std::string> names = pipeline_names(portfolio);
  return tr("choice `{}`: no pipeline has the name `{}`{}; available: {}", choice.name,
            quotable(name, 60), did_you_mean(name, names), joined(names));
}

/// Reads the [[choice]] sections; every message begins with source and line.
class ChoiceReader {
 public:
  ChoiceReader(std::string_view source, const Portfolio& portfolio)
      : source_(source), portfolio_(portfolio) {}

  [[nodiscard]] RecipeChoice read(const toml::table& table) const {
    check_keys(table, {"name", "pipelines", "vote", "enough", "wrong", "seconds", "pages"},
               tr("in a choice"), source_);
    RecipeChoice choice{.name = name_of(table), .pipelines = {}};
    choice.pipelines = pipelines_of(table, choice);
    choice.vote = vote_of(table, choice);
    choice.enough = number_of(table, "enough", 100);
    choice.measured = measured_of(table);
    return choice;
  }

 private:
  [[nodiscard]] std::string name_of(const toml::table& table) const {
    std::string name = text_or(table, "name", "", source_);
    if (name.empty() || quotable(name, kLongestChoiceName) != name)
      fail_at(table.contains("name") ? *table.get("name") : table, source_,
              tr("a choice needs a name of 1 to {} bytes", kLongestChoiceName));
    return name;
  }

  [[nodiscard]] std::vector<std::string> pipelines_of(const toml::table& table,
                                                      const RecipeChoice& choice) const {
    const toml::node* node = table.get("pipelines");
    const toml::array* list = node != nullptr ? node->as_array() : nullptr;
    if (list == nullptr || list->empty())
      fail_at(node != nullptr ? *node : table, source_,
              tr("choice `{}` needs pipelines = [\"NAME\", …], names of pipelines of the recipe",
                 choice.name));
    const std::vector<std::string> known = pipeline_names(portfolio_);
    std::vector<std::string> names;
    for (const toml::node& entry : *list) {
      const auto name = entry.value_exact<std::string>();
      if (!name) fail_at(entry, source_, tr("`pipelines` takes names in quotes"));
      if (std::ranges::find(known, *name) == known.end())
        fail_at(entry, source_, unknown_pipeline(portfolio_, choice, *name));
      if (std::ranges::find(names, *name) != names.end())
        fail_at(entry, source_, tr("`{}` is given twice", *name));
      names.push_back(*name);
    }
    return names;
  }

  [[nodiscard]] bool vote_of(const toml::table& table, const RecipeChoice& choice) const {
    const toml::node* node = table.get("vote");
    if (node == nullptr) return true;
    if (!node->is_boolean()) fail_at(*node, source_, tr("`{}` must be true or false", "vote"));
    const bool vote = node->as_boolean()->get();
    const auto has_engine = [&](const std::string& name) {
      const auto use = portfolio_.uses.find(name);
      return use != portfolio_.uses.end() && !use->second.engine.empty();
    };
    if (!vote && std::ranges::any_of(choice.pipelines, has_engine))
      fail_at(*node, source_,
              tr("the pipelines of choice `{}` have several OCR engines, whose results only voting "
                 "can combine: vote = true",
                 choice.name));
    return vote;
  }

  /// Nothing if it is not given; from 0 to `most`.
  [[nodiscard]] std::optional<double> number_of(const toml::table& table, std::string_view key,
                                                std::optional<double> most) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const auto number = node->is_number() ? node->value<double>() : std::nullopt;
    if (number && std::isfinite(*number) && *number >= 0 && (!most || *number <= *most))
      return number;
    fail_at(*node, source_,
            most ? tr("`{}` must be a number from 0 to {}", key, *most)
                 : tr("`{}` must be a number from 0 on", key));
  }

  [[nodiscard]] std::optional<MeasuredChoice> measured_of(const toml::table& table) const {
    const auto wrong = number_of(table, "wrong", std::nullopt);
    const auto seconds = number_of(table, "seconds", std::nullopt);
    const toml::node* pages = table.get("pages");
    if (!wrong && !seconds && pages == nullptr) return std::nullopt;
    if (!wrong || !seconds || pages == nullptr)
      fail_at(table, source_,
              tr("`wrong`, `seconds` and `pages` are given together or not at all"));
    const auto count = pages->value_exact<std::int64_t>();
    if (!count || *count < 0 || std::cmp_greater(*count, kMaxMeasuredPages))
      fail_at(*pages, source_,
              tr("`{}` must be a whole number from 0 to {}", "pages", kMaxMeasuredPages));
    return MeasuredChoice{
        .wrong = *wrong, .seconds = *seconds, .pages = static_cast<std::size_t>(*count)};
  }

  std::string_view source_;
  const Portfolio& portfolio_;
};

const toml::array& choices_of(const toml::table& root, std::string_view source) {
  const toml::node* node = root.get("choice");
  if (node == nullptr) {
    if (root.contains("pipeline") && !root.contains("recommended"))
      fail_at(*root.get("pipeline"), source,
              tr("this is a portfolio, and a recipe is needed, which has [[choice]] sections; give "
                 "a portfolio by --portfolio"));
    fail_at(root, source, tr("a recipe needs at least one [[choice]] section"));
  }
  const toml::array* list = node->as_array();
  if (list == nullptr || !list->is_homogeneous(toml::node_type::table) ||
      list->size() > kMaxRecipeChoices)
    fail_at(*node, source,
            tr("choices are written as [[choice]] sections, 1 to {}", kMaxRecipeChoices));
  return *list;
}

std::string recommended_of(const toml::table& root, const Recipe& recipe, std::string_view source) {
  std::string name = text_or(root, "recommended", "", source);
  const std::vector<std::string> names = choice_names(recipe);
  if (find_choice(recipe, name) == nullptr)
    fail_at(root.contains("recommended") ? *root.get("recommended") : root, source,
            tr("`recommended` must be the name of a choice{}: {}", did_you_mean(name, names),
               joined(names)));
  return name;
}

std::string choice_text(const RecipeChoice& choice) {
  std::string text =
      fmt::format("\n[[choice]]\nname = {}\npipelines = [{}]\nvote = {}\n",
                  toml_string(choice.name), joined_strings(choice.pipelines), choice.vote);
  if (choice.enough) text += fmt::format("enough = {}\n", *choice.enough);
  if (const auto& measured = choice.measured)
    text += fmt::format("wrong = {}\nseconds = {}\npages = {}\n", measured->wrong,
                        measured->seconds, measured->pages);
  return text;
}

}  // namespace

Recipe parse_recipe(std::string_view text, std::string_view source) {
  const toml::table root = parse_pipeline_toml(text, source);
  if (const toml::node* stage = root.get("stage"); stage != nullptr && !root.contains("choice"))
    fail_at(*stage, source,
            tr("this is a pipeline, and a recipe is needed, which has [[choice]] sections; give a "
               "pipeline by --pipeline"));
  const toml::array& sections = choices_of(root, source);
  Recipe recipe{.portfolio = portfolio_in(root, source, {"recommended", "choice"}),
                .choices = {},
                .recommended = {}};
  const ChoiceReader reader(source, recipe.portfolio);
  for (const toml::node& node : sections) {
    RecipeChoice choice = reader.read(*node.as_table());
    if (find_choice(recipe, choice.name) != nullptr)
      fail_at(node, source, tr("two choices have the name `{}`", choice.name));
    recipe.choices.push_back(std::move(choice));
  }
  recipe.recommended = recommended_of(root, recipe, source);
  return recipe;
}

std::string recipe_text(const Recipe& recipe) {
  std::string text = heading_text(recipe.portfolio) +
                     fmt::format("recommended = {}\n", toml_string(recipe.recommended));
  for (const RecipeChoice& choice : recipe.choices) text += choice_text(choice);
  return text + sections_text(recipe.portfolio);
}

Recipe load_recipe(const std::string& path) {
  Recipe recipe =
      parse_recipe(read_text(path, kPipelineFileLimit, Errc::pipeline_invalid), shown(path));
  place_models(recipe.portfolio, std::filesystem::path(path).parent_path());
  return recipe;
}

const RecipeChoice* find_choice(const Recipe& recipe, std::string_view name) {
  const auto found = std::ranges::find(recipe.choices, name, &RecipeChoice::name);
  return found == recipe.choices.end() ? nullptr : &*found;
}

std::vector<std::string> choice_names(const Recipe& recipe) {
  std::vector<std::string> names;
  names.reserve(recipe.choices.size());
  for (const RecipeChoice& choice : recipe.choices) names.push_back(choice.name);
  return names;
}

Portfolio portfolio_of(const Recipe& recipe, const RecipeChoice& choice) {
  const Portfolio& all = recipe.portfolio;
  Portfolio chosen{.name = all.name, .description = all.description, .pipelines = {}};
  for (const std::string& name : choice.pipelines) {
    const auto found = std::ranges::find(all.pipelines, name, &Pipeline::name);
    if (found == all.pipelines.end())
      throw Error(Errc::pipeline_invalid, unknown_pipeline(all, choice, name));
    chosen.pipelines.push_back(*found);
    if (const auto use = all.uses.find(name); use != all.uses.end()) chosen.uses.insert(*use);
  }
  return chosen;
}

}  // namespace ocrtune
