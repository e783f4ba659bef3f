// The verdict of a study: its words, and the JSON that a study keeps.
#include "ocrtune/analysis/verdict.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/study_overview.h"
#include "ocrtune/base/translation.h"
#include "support/errors.h"
#include "support/memory_storage.h"
#include "support/studies.h"
#include "support/verdicts.h"

namespace ocrtune {
namespace {

using nlohmann::json;
using test::contains;
using test::error_of;
using test::some_verdict;

std::string damage_of(const std::string& text) {
  return error_of(Errc::study_error, [&] { (void)parse_verdict(text); });
}

Interval any_interval(double mean, double width) {
  return {.mean = mean, .low = mean - width, .high = mean + width};
}

TEST(Verdict, RecommendsWhatWasFound) {
  EXPECT_EQ(
      verdict_text(some_verdict(true)),
      "Of 100 characters, about 16 are wrong on the original pages, 4.1 with ocrtune untuned, "
      "2.9 with what was found (95 % interval 2.1 to 3.9, on 13 pages not used in the "
      "search), at 5.1 s a page.\n"
      "What was found is recommended: it leaves 1.2 fewer wrong than untuned (95 % interval "
      "0.5 to 2.0).\n");
  EXPECT_EQ(recommended_arguments(some_verdict(true), "best.toml"), "--recipe best.toml");
}

TEST(Verdict, RecommendsAnEffortWhereNothingWasWon) {
  const Verdict verdict = some_verdict(false);
  const std::string text = verdict_text(verdict);
  EXPECT_TRUE(contains(text,
                       "\nNothing was won over ocrtune untuned, which is recommended: --effort "
                       "normal, at 6.5 s a page.\n"))
      << text;
  EXPECT_EQ(recommended_arguments(verdict, "best.toml"), "--effort normal");
}

TEST(Verdict, ClaimsNothingWithoutValidationPages) {
  Verdict verdict = some_verdict(false);
  verdict.kept_aside = false;
  verdict.pages = 1;
  const std::string text = verdict_text(verdict);
  EXPECT_TRUE(contains(text, "on 1 page, each judged by what was chosen on the others")) << text;
  EXPECT_TRUE(
      contains(text, "\nWithout validation pages a gain over ocrtune untuned can't be shown"))
      << text;
  EXPECT_EQ(recommended_arguments(verdict, "best.toml"), "--effort normal");
}

TEST(Verdict, WholeNumbersFromTenOn) {
  Verdict verdict = some_verdict(true);
  verdict.points.back().seconds = 249.6;
  EXPECT_TRUE(contains(verdict_text(verdict), "at 250 s a page")) << verdict_text(verdict);
  verdict.points.back().seconds = 0.256;
  EXPECT_TRUE(contains(verdict_text(verdict), "at 0.26 s a page")) << verdict_text(verdict);
  verdict.points[0].wrong = 9.94;
  EXPECT_TRUE(contains(verdict_text(verdict), "about 9.9 are"));
  verdict.points[0].wrong = 9.96;
  EXPECT_TRUE(contains(verdict_text(verdict), "about 10 are"));
}

TEST(Verdict, JsonComesBackAndIsInNoLanguage) {
  for (const bool recommends : {true, false}) {
    const json written = verdict_json(some_verdict(recommends));
    EXPECT_FALSE(written.contains("text"));
    EXPECT_EQ(verdict_json(parse_verdict(written.dump())), written);
    EXPECT_EQ(verdict_text(parse_verdict(written.dump())), verdict_text(some_verdict(recommends)));
  }
}

TEST(Verdict, ResultsAndPagesHaveItsWords) {
  const Verdict verdict = some_verdict(true);
  EXPECT_EQ(verdict_result_json(verdict)["text"], verdict_text(verdict));
  const json words = verdict_page_json(verdict)["text"];
  EXPECT_EQ(words["en"], verdict_text(verdict));
  const LanguageScope scope(Language::french);
  EXPECT_EQ(words["fr"], verdict_text(verdict));
  EXPECT_NE(words["fr"], words["en"]);
  EXPECT_EQ(verdict_result_json(verdict)["text"], words["fr"]);
}

TEST(Verdict, DamagedTextsAreRefused) {
  const json whole = verdict_json(some_verdict(true));
  for (const char* text : {"", "[]", "null", "{}", "{\"pages\": 3", "\xff"})
    EXPECT_TRUE(contains(damage_of(text), "verdict")) << text;
  for (const auto& [name, value] : whole.items()) {
    json part = whole;
    part.erase(name);
    EXPECT_TRUE(contains(damage_of(part.dump()), "verdict")) << name;
    part[name] = nullptr;
    EXPECT_TRUE(contains(damage_of(part.dump()), "verdict")) << name;
  }
  for (const char* name : {"original", "untuned", "found"}) {
    json other = whole;
    other[name] = "of no point";
    EXPECT_TRUE(contains(damage_of(other.dump()), "verdict")) << name;
  }
  json no_points = whole;
  no_points["points"] = json::array();
  EXPECT_TRUE(contains(damage_of(no_points.dump()), "verdict"));
}

TEST(Verdict, IsThatOfTheStudy) {
  const auto study = test::study_in_memory(test::study_by_confidence(2));
  const auto storage = test::open_in_memory(study);
  storage->append(test::trial_with(0, {50, 60}));
  EXPECT_FALSE(verdict_of(*storage));
  EXPECT_FALSE(overview_json(study_overview(*storage), "s.db").contains("verdict"));
  storage->keep_verdict(verdict_json(some_verdict(true)).dump());
  ASSERT_TRUE(verdict_of(*storage));
  EXPECT_EQ(overview_json(study_overview(*storage), "s.db")["verdict"],
            verdict_result_json(some_verdict(true)));
  storage->keep_verdict("damaged");
  EXPECT_TRUE(
      contains(error_of(Errc::study_error, [&] { (void)verdict_of(*storage); }), "verdict"));
}

RC_GTEST_PROP(Verdict, ComesBackFromJsonWhateverItsNumbers, ()) {
  const auto share = [] { return *rc::gen::inRange(0, 100'000) / 997.0; };
  Verdict verdict{.pages = *rc::gen::inRange<std::size_t>(1, 10'000),
                  .with_truth = *rc::gen::inRange<std::size_t>(0, 10'000),
                  .kept_aside = *rc::gen::arbitrary<bool>(),
                  .points = {},
                  .untuned = "normal",
                  .found = "tuned",
                  .wrong = any_interval(share(), share()),
                  .gain = any_interval(share() - 50, share()),
                  .recommends = *rc::gen::arbitrary<bool>()};
  for (const char* name : {"original", "normal", "tuned", "more"}) {
    verdict.points.push_back({.name = name,
                              .tuned = *rc::gen::arbitrary<bool>(),
                              .wrong = share(),
                              .seconds = share(),
                              .on_front = *rc::gen::arbitrary<bool>()});
  }
  const json written = verdict_json(verdict);
  const Verdict read = parse_verdict(written.dump());
  RC_ASSERT(verdict_json(read) == written);
  RC_ASSERT(verdict_text(read) == verdict_text(verdict));
  // A later version may add members.
  json more = written;
  more["added_later"] = 1;
  RC_ASSERT(verdict_json(parse_verdict(more.dump())) == written);
}

}  // namespace
}  // namespace ocrtune
