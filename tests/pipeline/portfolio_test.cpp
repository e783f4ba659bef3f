#include "ocrtune/pipeline/portfolio.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>

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

std::vector<std::string> texts_of(const Portfolio& portfolio) {
  std::vector<std::string> texts;
  for (const Pipeline& pipeline : portfolio.pipelines) texts.push_back(pipeline_text(pipeline));
  return texts;
}

RC_GTEST_PROP(Portfolio, GivesBackWhatWasWritten, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Portfolio portfolio{.name = quotable(*test::utf8_text(), 100),
                      .description = quotable(*test::utf8_text(), 900),
                      .pipelines = {}};
  const int count = random.integer(1, 4);
  for (int i = 0; i < count; ++i) {
    const Pipeline any = test::random_pipeline(quotable(*test::utf8_text(), 90) + std::to_string(i),
                                               "[stage.x]", random);
    portfolio.pipelines.push_back(any.at({}));
  }
  const std::string text = portfolio_text(portfolio);
  const Portfolio again = parse_portfolio(text, "t");
  RC_ASSERT(portfolio_text(again) == text);
  RC_ASSERT(again.name == portfolio.name);
  RC_ASSERT(again.description == portfolio.description);
  RC_ASSERT(texts_of(again) == texts_of(portfolio));
}

std::string refusal(const std::string& text) {
  return error_of(Errc::pipeline_invalid, [&] { (void)parse_portfolio(text, "p.toml"); });
}

TEST(Portfolio, HasPipelinesForFaintTextAlone) {
  const Portfolio portfolio = parse_portfolio(
      "[[pipeline]]\nname = \"raw\"\nfor_faint_text = false\n"
      "[[pipeline]]\nfor_faint_text = true\nname = \"b\"\n",
      "p.toml");
  EXPECT_FALSE(portfolio.use_of(portfolio.pipelines[0]).for_faint_text);
  EXPECT_TRUE(portfolio.use_of(portfolio.pipelines[1]).for_faint_text);
  EXPECT_EQ(parse_portfolio(portfolio_text(portfolio), "p.toml").uses, portfolio.uses);
}

TEST(Portfolio, NamesTheEngineOfAPipeline) {
  const Portfolio portfolio = parse_portfolio(
      "[[pipeline]]\nname = \"raw\"\n[[pipeline]]\nengine = \"ppocr\"\nname = \"b\"\n", "p.toml");
  EXPECT_EQ(portfolio.use_of(portfolio.pipelines[0]).engine, "");
  EXPECT_EQ(portfolio.use_of(portfolio.pipelines[1]).engine, "ppocr");
  EXPECT_EQ(parse_portfolio(portfolio_text(portfolio), "p.toml").uses, portfolio.uses);
  EXPECT_TRUE(contains(refusal("[[pipeline]]\nengine = 3"), "p.toml: line 2"));
  EXPECT_TRUE(contains(refusal("[[pipeline]]\nfor_faint_text = 3"), "true or false"));
  EXPECT_TRUE(contains(refusal("[[pipeline]]\nengine = \"\""), "the name of an OCR engine"));
}

TEST(Portfolio, NamesTheModelsOfAPipeline) {
  const std::string text =
      "name = \"p\"\n[[pipeline]]\ntessdata = \"a/models\"\nname = \"b\"\n"
      "[[pipeline]]\ntessdata = \"/m\"\nengine = \"ppocr\"\nname = \"c\"\n";
  const Portfolio portfolio = parse_portfolio(text, "p.toml");
  EXPECT_EQ(portfolio.use_of(portfolio.pipelines[0]), (PipelineUse{.tessdata = "a/models"}));
  EXPECT_EQ(portfolio.use_of(portfolio.pipelines[1]),
            (PipelineUse{.engine = "ppocr", .tessdata = "/m"}));
  EXPECT_EQ(parse_portfolio(portfolio_text(portfolio), "p.toml").uses, portfolio.uses);
  const test::TempFolder folder;
  std::ofstream(folder.path() / "p.toml") << text;
  const Portfolio loaded = load_portfolio((folder.path() / "p.toml").string());
  EXPECT_EQ(loaded.use_of(loaded.pipelines[0]).tessdata, folder.path() / "a/models");
  EXPECT_EQ(loaded.use_of(loaded.pipelines[1]).tessdata, "/m");
  for (const char* wrong : {"\"\"", "3", "\"a\\nb\""})
    EXPECT_TRUE(contains(refusal("[[pipeline]]\ntessdata = " + std::string(wrong)), "line 2"))
        << wrong;
}

TEST(Portfolio, FurtherModelsRecognizeItsFirstPipelinesAgain) {
  const Portfolio portfolio = parse_portfolio(
      "[[pipeline]]\nname = \"a\"\n[[pipeline]]\nengine = \"ppocr\"\nname = \"b\"\n"
      "[[pipeline]]\nname = \"c\"\n[pipeline.ocr]\ndpi = 200\n[[pipeline]]\nname = \"d\"\n"
      "[[pipeline]]\nname = \"e\"\n[[pipeline]]\nfor_faint_text = true\nname = \"f\"\n",
      "p.toml");
  const Portfolio all = with_further_models(portfolio, {"/best", "/old"});
  std::vector<std::string> names;
  for (const Pipeline& pipeline : all.pipelines) names.push_back(pipeline.name());
  EXPECT_EQ(names, (std::vector<std::string>{"a", "b", "c", "d", "e", "a, model 2", "c, model 2",
                                             "d, model 2", "a, model 3", "c, model 3", "d, model 3",
                                             "f"}));
  EXPECT_EQ(all.use_of(all.pipelines[6]), (PipelineUse{.tessdata = "/best"}));
  EXPECT_EQ(all.use_of(all.pipelines[10]), (PipelineUse{.tessdata = "/old"}));
  EXPECT_EQ(all.pipelines[6].ocr().size(), 1U);
  EXPECT_TRUE(all.use_of(all.pipelines[11]).for_faint_text);
  EXPECT_EQ(all.engine_names(), (std::set<std::string>{"ppocr"}));
}

TEST(Portfolio, FurtherModelsNeedNamesOfTheirOwn) {
  const Portfolio portfolio = parse_portfolio(
      "[[pipeline]]\nname = \"a\"\n[[pipeline]]\nname = \"a, model 2\"\n", "p.toml");
  EXPECT_TRUE(contains(
      error_of(Errc::pipeline_invalid, [&] { (void)with_further_models(portfolio, {"/best"}); }),
      "two pipelines have the name `a, model 2`"));
}

TEST(Portfolio, SaysWhatIsWrongAndWhere) {
  EXPECT_TRUE(contains(refusal(""), "a portfolio needs at least one [[pipeline]] section"));
  EXPECT_TRUE(contains(refusal("pipeline = 3"),
                       "p.toml: line 1: pipelines are written as [[pipeline]] sections"));
  EXPECT_TRUE(contains(refusal("pipeline = [3]"), "written as [[pipeline]] sections"));
  EXPECT_TRUE(contains(refusal("pipeline = []"), "1 to 32 pipelines"));
  EXPECT_TRUE(contains(refusal("[[stage]]\nuse = \"clahe\""),
                       "line 1: this is a pipeline, and a portfolio"));
  EXPECT_TRUE(contains(refusal("[[pipeline]]\nstages = 3"), "unknown key `stages` in a pipeline"));
  EXPECT_TRUE(contains(refusal("[[pipeline]]\n[[pipeline]]"),
                       "p.toml: line 2: two pipelines have the name `unnamed`"));
  EXPECT_TRUE(contains(
      refusal("[[pipeline]]\nname = \"a\"\n[[pipeline.stage]]\nuse = \"clahe\"\nclip = \"free\""),
      "pipeline `a` has free parameters"));
  EXPECT_TRUE(contains(refusal("[[pipeline]]\n[[pipeline.stage]]\nuse = \"clahe\"\nclip = 900"),
                       "p.toml: line 4: clip = 900"));
  EXPECT_TRUE(contains(refusal("name = \"\xff\""), "is not UTF-8 text"));
  EXPECT_TRUE(contains(refusal("name = "), "not TOML"));
  std::string many;
  for (int i = 0; i < 33; ++i) many += "[[pipeline]]\nname = \"p" + std::to_string(i) + "\"\n";
  EXPECT_TRUE(contains(refusal(many), "1 to 32 pipelines"));
}

TEST(Portfolio, ThoseThatComeWithItAreValidAndBeginWithRaw) {
  ASSERT_FALSE(all_portfolios().empty());
  for (const BuiltInPortfolio& built_in : all_portfolios()) {
    SCOPED_TRACE(built_in.name);
    const Portfolio portfolio = load_portfolio(std::string(built_in.name));
    EXPECT_EQ(portfolio.name, built_in.name);
    EXPECT_FALSE(portfolio.description.empty());
    EXPECT_EQ(portfolio.pipelines.front().name(), "raw");
    for (const Pipeline& pipeline : portfolio.pipelines)
      EXPECT_FALSE(pipeline.description().empty());
  }
}

TEST(Portfolio, IsFoundByNameOrFile) {
  const test::TempFolder folder;
  const auto file = folder.write("mine.toml", std::string_view("[[pipeline]]\nname = \"a\"\n"));
  EXPECT_EQ(load_portfolio(file.string()).pipelines.front().name(), "a");
  EXPECT_TRUE(contains(error_of(Errc::pipeline_invalid, [] { (void)load_portfolio("document"); }),
                       "portfolio `document`: neither a file nor a built-in portfolio (did "
                       "you mean `documents`?)"));
}

TEST(IsEnough, TakesConfidenceAndMoreThanAFewWords) {
  EXPECT_TRUE(is_enough(90, 100, 90));
  EXPECT_FALSE(is_enough(89.9, 1000, 90));
  EXPECT_FALSE(is_enough(99, 99.9, 90));
  EXPECT_FALSE(is_enough(0, 0, 0));
}

}  // namespace
}  // namespace ocrtune
