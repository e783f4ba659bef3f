#include "ocrtune/apply/summary.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/apply/results_json.h"

namespace ocrtune {
namespace {

AppliedPage page(const std::string& name, const std::string& pipeline, double expected,
                 const std::map<std::string, double>& ocr_results, double seconds, double first) {
  return {.page = name,
          .pipeline = pipeline,
          .confidence = 80,
          .expected_cer = expected,
          .ocr_results = ocr_results,
          .seconds = seconds,
          .first_seconds = first};
}

Portfolio portfolio(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += "[[pipeline]]\nname = \"" + name + "\"\n";
  return parse_portfolio(text, "t");
}

std::vector<AppliedPage> two_pages() {
  std::vector<AppliedPage> two{page("a", "raw", 0.02, {{"raw", 9}}, 0.5, 0.5),
                               page("b", "clean", 0.1, {{"raw", 1}, {"clean", 5}}, 2.5, 0.1)};
  two[1].coverage = 0.93;
  return two;
}

EachAppliedPage each(std::vector<AppliedPage> pages) {
  return [pages = std::move(pages)](const auto& take) {
    for (const AppliedPage& page : pages) take(page);
  };
}

const ApplySummary kTwo = summary_of(each(two_pages()), 1);

TEST(ApplySummary, SaysWhatRecognitionTookOnTheMean) {
  const auto& cost = kTwo.cost;
  ASSERT_TRUE(cost.has_value());
  EXPECT_DOUBLE_EQ(cost->ocr_results, 1.5);
  EXPECT_DOUBLE_EQ(cost->seconds, 1.5);
  EXPECT_DOUBLE_EQ(cost->first_seconds, 0.3);
  EXPECT_DOUBLE_EQ(kTwo.expected_cer, 0.06);
}

TEST(ApplySummary, IsShownWithTheWorstPagesFirst) {
  EXPECT_EQ(
      summary_text(kTwo, portfolio({"raw", "clean", "other"})),
      "pages  pipeline\n"
      "    1  raw\n"
      "    1  clean\n"
      "    0  other\n"
      "\n"
      "expected character errors: 6.0 %\n"
      "pipelines tried per page: 1.5 of 3; 1.50 s per page, 5.0 times the time of `raw` alone\n"
      "\n"
      "expected  confidence  covered  page\n"
      "  10.0 %        80.0     93 %  b\n"
      "   2.0 %        80.0        -  a\n");
}

TEST(ApplySummary, NamesTheWorstPagesAndOfEquallyBadOnesTheFirst) {
  std::vector<AppliedPage> pages;
  for (int i = 0; i < 30; ++i)
    pages.push_back(page("p" + std::to_string(i), "raw", i % 3 == 2 ? 0.5 : 0.1, {}, 1, 1));
  pages.push_back(page("worst", "raw", 0.9, {}, 1, 1));
  std::string names;
  for (const AppliedPage& one : summary_of(each(pages), 0).worst) names += one.page + " ";
  EXPECT_EQ(names, "worst p2 p5 p8 p11 p14 p17 p20 p23 p26 ");
  EXPECT_EQ(summary_of(each(two_pages()), 0).worst.size(), 2U);
}

TEST(ApplySummary, CountsRotatedPages) {
  std::vector<AppliedPage> two = two_pages();
  const Portfolio raw = portfolio({"raw"});
  EXPECT_EQ(summary_text(summary_of(each(two), 0), raw).find("rotated"), std::string::npos);
  two[1].rotate = 180;
  EXPECT_NE(summary_text(summary_of(each(two), 0), raw).find("rotated before OCR: 1 pages\n"),
            std::string::npos);
}

TEST(ApplySummary, ComparesNothingWhereThereIsOnePipeline) {
  const ApplySummary one = summary_of(each({two_pages().front()}), 0);
  EXPECT_NE(summary_text(one, portfolio({"raw"})).find("1.0 of 1; 0.50 s per page\n"),
            std::string::npos);
}

TEST(ApplySummary, HasAllPagesInJson) {
  const nlohmann::json json = summary_json(kTwo, each(two_pages()));
  EXPECT_EQ(json.at("pages").size(), 2U);
  EXPECT_EQ(json.at("pages")[1].at("seconds"), 2.5);
  EXPECT_EQ(json.at("cost").at("pipelines_per_page"), 1.5);
  EXPECT_EQ(json.at("pipelines"), (nlohmann::json{{"raw", 1}, {"clean", 1}}));
  EXPECT_EQ(json.at("done_before"), 1);
}

TEST(ApplySummary, OfNoPagesHasNoCost) {
  const nlohmann::json json = summary_json({}, each({}));
  EXPECT_FALSE(json.contains("cost"));
  EXPECT_EQ(json.at("expected_cer"), 0);
  EXPECT_EQ(summary_text({}, portfolio({"raw"})).find("per page"), std::string::npos);
}

}  // namespace
}  // namespace ocrtune
