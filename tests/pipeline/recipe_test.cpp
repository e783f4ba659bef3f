#include "ocrtune/pipeline/recipe.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/base/text.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "pipeline/random_pipeline.h"
#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;

constexpr const char* kPipelines =
    "[[pipeline]]\nname = \"raw\"\n"
    "[[pipeline]]\nname = \"other\"\nengine = \"ppocr\"\n"
    "[[pipeline]]\nname = \"faint\"\nfor_faint_text = true\n";

/// A recipe with these lines as the contents of its only choice, which is recommended as `a`.
std::string with_choice(const std::string& lines) {
  return "recommended = \"a\"\n[[choice]]\n" + lines + "\n" + kPipelines;
}

Recipe two_choices() {
  return parse_recipe(
      "name = \"letters\"\ndescription = \"Of our archive.\"\nrecommended = \"best\"\n"
      "[[choice]]\nname = \"fast\"\npipelines = [\"raw\"]\nvote = false\nenough = 85.5\n"
      "[[choice]]\nname = \"best\"\npipelines = [\"faint\", \"other\"]\n"
      "wrong = 4\nseconds = 2.5\npages = 40\n" +
          std::string(kPipelines),
      "r.toml");
}

std::vector<std::string> pipelines_of_it(const Portfolio& portfolio) {
  std::vector<std::string> names;
  for (const Pipeline& pipeline : portfolio.pipelines) names.push_back(pipeline.name());
  return names;
}

std::vector<std::string> random_order(std::vector<std::string> names, Random& random) {
  for (std::size_t i = names.size(); i > 1; --i)
    std::swap(names[i - 1],
              names[static_cast<std::size_t>(random.integer(0, static_cast<int>(i) - 1))]);
  names.resize(static_cast<std::size_t>(random.integer(1, static_cast<int>(names.size()))));
  return names;
}

RecipeChoice random_choice(const Recipe& recipe, int number, Random& random) {
  RecipeChoice choice{.name = quotable(*test::utf8_text(), 50) + std::to_string(number),
                      .pipelines = random_order(pipelines_of_it(recipe.portfolio), random)};
  const bool has_engines = !portfolio_of(recipe, choice).engine_names().empty();
  choice.vote = has_engines || random.chance(0.5);
  if (random.chance(0.5)) choice.enough = random.uniform(0, 100);
  if (random.chance(0.5))
    choice.measured = {.wrong = random.uniform(0, 300),
                       .seconds = random.uniform(0, 1e9),
                       .pages = static_cast<std::size_t>(random.integer(0, 1'000'000'000))};
  return choice;
}

RC_GTEST_PROP(Recipe, GivesBackWhatWasWritten, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Recipe recipe{.portfolio = {.name = quotable(*test::utf8_text(), 100),
                              .description = quotable(*test::utf8_text(), 900),
                              .pipelines = {}},
                .choices = {},
                .recommended = {}};
  const int pipelines = random.integer(1, 4);
  for (int i = 0; i < pipelines; ++i) {
    const Pipeline any = test::random_pipeline(quotable(*test::utf8_text(), 90) + std::to_string(i),
                                               "[[choice]]", random);
    recipe.portfolio.pipelines.push_back(any.at({}));
    PipelineUse use{.engine = random.chance(0.3) ? "ppocr" : "",
                    .for_faint_text = random.chance(0.3)};
    if (use != PipelineUse{}) recipe.portfolio.uses[any.name()] = use;
  }
  const int choices = random.integer(1, static_cast<int>(kMaxRecipeChoices));
  for (int i = 0; i < choices; ++i) recipe.choices.push_back(random_choice(recipe, i, random));
  recipe.recommended =
      recipe.choices[static_cast<std::size_t>(random.integer(0, choices - 1))].name;
  const std::string text = recipe_text(recipe);
  const Recipe again = parse_recipe(text, "t");
  RC_ASSERT(recipe_text(again) == text);
  RC_ASSERT(portfolio_text(again.portfolio) == portfolio_text(recipe.portfolio));
  RC_ASSERT(again.portfolio.uses == recipe.portfolio.uses);
  RC_ASSERT(again.choices == recipe.choices);
  RC_ASSERT(again.recommended == recipe.recommended);
}

TEST(Recipe, HasChoicesOfItsPipelines) {
  const Recipe recipe = two_choices();
  EXPECT_EQ(recipe.portfolio.name, "letters");
  EXPECT_EQ(recipe.portfolio.pipelines.size(), 3U);
  EXPECT_EQ(recipe.recommended, "best");
  EXPECT_EQ(choice_names(recipe), (std::vector<std::string>{"fast", "best"}));
  EXPECT_EQ(*find_choice(recipe, "fast"),
            (RecipeChoice{.name = "fast", .pipelines = {"raw"}, .vote = false, .enough = 85.5}));
  EXPECT_EQ(*find_choice(recipe, "best"),
            (RecipeChoice{.name = "best",
                          .pipelines = {"faint", "other"},
                          .measured = MeasuredChoice{.wrong = 4, .seconds = 2.5, .pages = 40}}));
  EXPECT_EQ(find_choice(recipe, "Best"), nullptr);
}

TEST(Recipe, AChoiceIsAPortfolioInItsOrder) {
  const Recipe recipe = two_choices();
  const Portfolio best = portfolio_of(recipe, *find_choice(recipe, "best"));
  EXPECT_EQ(best.name, "letters");
  EXPECT_EQ(best.description, "Of our archive.");
  EXPECT_EQ(pipelines_of_it(best), (std::vector<std::string>{"faint", "other"}));
  EXPECT_TRUE(best.use_of(best.pipelines[0]).for_faint_text);
  EXPECT_EQ(best.use_of(best.pipelines[1]).engine, "ppocr");
  const Portfolio fast = portfolio_of(recipe, *find_choice(recipe, "fast"));
  EXPECT_TRUE(fast.uses.empty());
  EXPECT_TRUE(
      contains(error_of(Errc::pipeline_invalid,
                        [&] { (void)portfolio_of(recipe, {.name = "x", .pipelines = {"rav"}}); }),
               "choice `x`: no pipeline has the name `rav` (did you mean `raw`?)"));
}

std::string recipe_refusal(const std::string& text) {
  return error_of(Errc::pipeline_invalid, [&] { (void)parse_recipe(text, "r.toml"); });
}

TEST(Recipe, SaysWhatIsWrongWithAChoiceAndWhere) {
  const std::string start = "name = \"a\"\npipelines = [\"raw\"]\n";
  EXPECT_EQ(find_choice(parse_recipe(with_choice(start), "r.toml"), "a")->vote, true);
  EXPECT_TRUE(contains(recipe_refusal(with_choice("pipelines = [\"raw\"]")),
                       "r.toml: line 2: a choice needs a name of 1 to 60 bytes"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice("name = \"" + std::string(61, 'a') + "\"")),
                       "r.toml: line 3: a choice needs a name"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice("name = \"a\"")),
                       "r.toml: line 2: choice `a` needs pipelines = ["));
  EXPECT_TRUE(contains(recipe_refusal(with_choice("name = \"a\"\npipelines = []")),
                       "r.toml: line 4: choice `a` needs pipelines = ["));
  EXPECT_TRUE(
      contains(recipe_refusal(with_choice("name = \"a\"\npipelines = [3]")), "names in quotes"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice("name = \"a\"\npipelines = [\"othr\"]")),
                       "r.toml: line 4: choice `a`: no pipeline has the name `othr` (did you mean "
                       "`other`?); available: raw, other, faint"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice("name = \"a\"\npipelines = [\"raw\", \"raw\"]")),
                       "`raw` is given twice"));
  EXPECT_TRUE(
      contains(recipe_refusal(with_choice(start + "vote = 1")), "`vote` must be true or false"));
  EXPECT_TRUE(contains(
      recipe_refusal(with_choice("name = \"a\"\npipelines = [\"raw\", \"other\"]\nvote = false")),
      "r.toml: line 5: the pipelines of choice `a` have several OCR engines"));
  for (const char* enough : {"-0.1", "100.1", "nan", "inf", "\"90\"", "true"})
    EXPECT_TRUE(contains(recipe_refusal(with_choice(start + "enough = " + enough)),
                         "r.toml: line 5: `enough` must be a number from 0 to 100"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice(start + "wrong = 3\npages = 3")),
                       "`wrong`, `seconds` and `pages` are given together or not at all"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice(start + "wrong = -3\nseconds = 1\npages = 3")),
                       "`wrong` must be a number from 0 on"));
  for (const char* pages : {"-1", "1.5", "1000000001"})
    EXPECT_TRUE(contains(recipe_refusal(with_choice(
                             start + "wrong = 3\nseconds = 1\npages = " + std::string(pages))),
                         "`pages` must be a whole number from 0 to 1000000000"));
  EXPECT_TRUE(contains(recipe_refusal(with_choice(start + "votes = true")),
                       "unknown key `votes` in a choice (did you mean `vote`?)"));
}

TEST(Recipe, SaysWhatIsWrongWithTheWhole) {
  const std::string choice = "[[choice]]\nname = \"a\"\npipelines = [\"raw\"]\n";
  EXPECT_TRUE(contains(recipe_refusal(choice + kPipelines),
                       "r.toml: line 1: `recommended` must be the name of a choice"));
  EXPECT_TRUE(contains(recipe_refusal("recommended = \"b\"\n" + choice + kPipelines),
                       "`recommended` must be the name of a choice"));
  EXPECT_TRUE(contains(recipe_refusal("recommended = \"a\"\n" + choice + choice + kPipelines),
                       "r.toml: line 5: two choices have the name `a`"));
  EXPECT_TRUE(contains(recipe_refusal("recommended = \"a\"\n" + choice),
                       "a portfolio needs at least one [[pipeline]] section"));
  EXPECT_TRUE(contains(recipe_refusal("choice = []\n"), "[[choice]] sections, 1 to 8"));
  EXPECT_TRUE(contains(recipe_refusal("choice = [3]\n"), "[[choice]] sections, 1 to 8"));
  EXPECT_TRUE(contains(recipe_refusal("choice = 3\n"), "[[choice]] sections, 1 to 8"));
  EXPECT_TRUE(contains(recipe_refusal("best = 3\n" + choice + kPipelines),
                       "unknown key `best` at the top level"));
  EXPECT_TRUE(contains(recipe_refusal("recommended = \"a\"\n" + std::string(kPipelines)),
                       "a recipe needs at least one [[choice]] section"));
  EXPECT_TRUE(contains(recipe_refusal("name = \"\xff\""), "is not UTF-8 text"));
  std::string many = "recommended = \"0\"\n";
  for (int i = 0; i < 9; ++i)
    many += "[[choice]]\nname = \"" + std::to_string(i) + "\"\npipelines = [\"raw\"]\n";
  EXPECT_TRUE(contains(recipe_refusal(many + kPipelines), "[[choice]] sections, 1 to 8"));
}

TEST(Recipe, IsToldFromAPortfolioAndAPipeline) {
  EXPECT_TRUE(contains(recipe_refusal(kPipelines),
                       "r.toml: line 1: this is a portfolio, and a recipe is needed, which has "
                       "[[choice]] sections; give a portfolio by --portfolio"));
  EXPECT_TRUE(contains(recipe_refusal("[[stage]]\nuse = \"clahe\""),
                       "r.toml: line 1: this is a pipeline, and a recipe is needed"));
  const std::string recipe = recipe_text(two_choices());
  const auto of = [&](const auto& parse) {
    return error_of(Errc::pipeline_invalid, [&] { (void)parse(recipe, "r.toml"); });
  };
  EXPECT_TRUE(contains(of(parse_portfolio), "this is a recipe, and a portfolio is needed"));
  EXPECT_TRUE(contains(of(parse_pipeline), "this is a recipe, and a pipeline is needed"));
}

TEST(Recipe, IsLoadedFromAFile) {
  const test::TempFolder folder;
  const auto file =
      folder.write("r.toml", std::string_view(with_choice("name = \"a\"\npipelines = [\"raw\"]")));
  EXPECT_EQ(load_recipe(file.string()).recommended, "a");
  EXPECT_TRUE(contains(error_of(Errc::pipeline_invalid,
                                [&] { (void)load_recipe((folder.path() / "no.toml").string()); }),
                       "no.toml"));
  const auto large = folder.write("large.toml", std::string_view(std::string(1'000'001, '\n')));
  EXPECT_TRUE(contains(error_of(Errc::pipeline_invalid, [&] { (void)load_recipe(large.string()); }),
                       "large.toml"));
}

}  // namespace
}  // namespace ocrtune
