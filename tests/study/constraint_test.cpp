#include "ocrtune/study/constraint.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;

PageResult page(double confidence, int words, std::optional<double> cer = std::nullopt) {
  return {.scores = {{Score::confidence, confidence}, {Score::words, words}, {Score::cer, cer}}};
}

Standing stands(const std::string& text, const std::vector<PageResult>& pages,
                const std::vector<PageResult>& baseline) {
  return standing(parse_constraint(text), pages, baseline);
}

TEST(Constraint, ReadsAndWrites) {
  for (const std::string text : {"words>=0.8x", "cer<=12.5", "time<=250", "confidence>=-1e-05",
                                 "loss(cer)<=2", "loss(words)<=0.2x", "loss(quality)<=0"})
    EXPECT_EQ(constraint_text(parse_constraint(text)), text);
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"words", "has neither >= nor <="},
           {"words>3", "has neither >= nor <="},
           {"", "has neither"},
           {"pages>=3", "`pages` is not one of confidence"},
           {"words>=", "the bound is not a number"},
           {"words>=x", "the bound is not a number"},
           {"words>=3y", "the bound is not a number"},
           {"words>=inf", "the bound is not a number"},
           {"words>=1e999", "the bound is not a number"},
           {"loss(words)>=3", "loss(NAME) takes only <="},
           {"loss(words)<=-3", "with a negative bound, not even the originals satisfy it"},
           {"loss(words<=3", "`loss(words` is not one of confidence"},
           {"loss()<=3", "`` is not one of confidence"},
           {"loss(words)<=", "the bound is not a number"},
           {"loss<=3", "`loss` is not one of confidence"}}) {
    const std::string message =
        error_of(Errc::invalid_argument, [&] { (void)parse_constraint(text); });
    EXPECT_TRUE(contains(message, why)) << message;
    EXPECT_FALSE(contains(message, "\n"));
  }
}

RC_GTEST_PROP(Constraint, TextGivesItBack, ()) {
  Constraint made{.score = *rc::gen::elementOf(all_scores()),
                  .at_least = *rc::gen::arbitrary<bool>(),
                  .bound = *rc::gen::arbitrary<double>(),
                  .of_baseline = *rc::gen::arbitrary<bool>(),
                  .of_pages = *rc::gen::arbitrary<bool>()};
  if (made.of_pages) {
    made.at_least = false;
    made.bound = std::abs(made.bound);
  }
  RC_ASSERT(parse_constraint(constraint_text(made)) == made);
}

TEST(Constraint, SaysByHowMuchMeansBreakIt) {
  const std::vector<PageResult> baseline{page(50, 200, 0.1), page(50, 200)};
  const std::vector<PageResult> pages{page(60, 110, 0.25), page(60, 130)};
  EXPECT_DOUBLE_EQ(stands("words>=0.8x", pages, baseline).violation, 0.25);
  EXPECT_DOUBLE_EQ(stands("words>=0.8x", pages, baseline).value, 120);
  EXPECT_DOUBLE_EQ(stands("words>=120", pages, baseline).violation, 0);
  EXPECT_DOUBLE_EQ(stands("cer<=20", pages, baseline).violation, 0.25);
  EXPECT_DOUBLE_EQ(stands("cer<=2.5x", pages, baseline).violation, 0);
  EXPECT_FALSE(stands("cer<=20", pages, baseline).page);
  // 25 % over a bound of 0, beside a baseline of 10 %.
  EXPECT_DOUBLE_EQ(stands("cer<=0", pages, baseline).violation, 2.5);
  EXPECT_DOUBLE_EQ(
      violation({parse_constraint("cer<=20"), parse_constraint("words>=0.8x")}, pages, baseline),
      0.5);
}

TEST(Constraint, SaysWhichPageLosesMost) {
  const std::vector<PageResult> baseline{page(50, 100, 0.10), page(80, 40), page(60, 0, 0.30)};
  const std::vector<PageResult> pages{page(70, 90, 0.12), page(74, 30), page(58, 5, 0.20)};
  EXPECT_EQ(stands("loss(confidence)<=5", pages, baseline).page, 1U);
  EXPECT_DOUBLE_EQ(stands("loss(confidence)<=5", pages, baseline).value, 6);
  EXPECT_DOUBLE_EQ(stands("loss(confidence)<=5", pages, baseline).violation, 0.2);
  EXPECT_DOUBLE_EQ(stands("loss(confidence)<=6", pages, baseline).violation, 0);
  // Both lose ten words, which are more of the second page.
  EXPECT_EQ(stands("loss(words)<=0.2x", pages, baseline).page, 1U);
  EXPECT_DOUBLE_EQ(stands("loss(words)<=0.2x", pages, baseline).violation, 0.25);
  EXPECT_DOUBLE_EQ(stands("loss(words)<=0", pages, baseline).violation, 0.25);
  // Where less is better a page loses by having more; one without a value says nothing.
  EXPECT_EQ(stands("loss(cer)<=1", pages, baseline).page, 0U);
  EXPECT_NEAR(stands("loss(cer)<=1", pages, baseline).violation, 1, 1e-9);
  EXPECT_DOUBLE_EQ(stands("loss(cer)<=2", pages, baseline).violation, 0);
  EXPECT_FALSE(stands("loss(bow)<=1", pages, baseline).page);
  EXPECT_DOUBLE_EQ(stands("loss(bow)<=1", pages, baseline).violation, 0);
}

std::vector<PageResult> any_pages(std::size_t count) {
  std::vector<PageResult> pages;
  for (std::size_t i = 0; i < count; ++i)
    pages.push_back(page(*rc::gen::inRange(0, 101), *rc::gen::inRange(0, 300),
                         0.01 * *rc::gen::inRange(0, 150)));
  return pages;
}

RC_GTEST_PROP(Constraint, IsKeptWhereEveryPageKeepsIt, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 8);
  const std::vector<PageResult> baseline = any_pages(count);
  const std::vector<PageResult> pages = any_pages(count);
  const Constraint constraint{
      .score = *rc::gen::element(Score::confidence, Score::words, Score::cer),
      .at_least = false,
      .bound = *rc::gen::inRange(0, 40) * 0.25,
      .of_baseline = *rc::gen::arbitrary<bool>(),
      .of_pages = true};
  const Standing whole = standing(constraint, pages, baseline);
  RC_ASSERT(standing(constraint, baseline, baseline).violation == 0);
  double most = 0;
  for (std::size_t i = 0; i < count; ++i)
    most = std::max(most, standing(constraint, {pages[i]}, {baseline[i]}).violation);
  RC_ASSERT(whole.violation == most);
  RC_ASSERT(whole.page.has_value());
  // What only some pages of a trial show is never more than what all of them show.
  const std::vector<PageResult> some(pages.begin(), pages.begin() + 1);
  RC_ASSERT(standing(constraint, some, baseline).violation <= whole.violation);
}

}  // namespace
}  // namespace ocrtune
