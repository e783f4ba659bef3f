#include "ocrtune/analysis/warnings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/analysis/summary.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

Summary gained() {
  Summary summary;
  summary.objective = Score::confidence;
  summary.points = 9;
  summary.best_number = 4;
  summary.baseline.set(Score::words, 100);
  summary.best.set(Score::words, 100);
  return summary;
}

std::vector<std::string> codes(const Summary& summary) {
  std::vector<std::string> found;
  for (const Warning& warning : warnings_of(summary)) found.emplace_back(warning.code);
  return found;
}

using Codes = std::vector<std::string>;

TEST(Warnings, AreNoneWhereAllIsWell) { EXPECT_EQ(codes(gained()), Codes{}); }

TEST(Warnings, AreOfMoreErrorsOrElseOfFewerWords) {
  Summary summary = gained();
  summary.best.set(Score::words, 79);
  EXPECT_EQ(codes(summary), Codes{"fewer_words"});
  summary.baseline.set(Score::cer, 0.1);
  summary.best.set(Score::cer, 0.2);
  EXPECT_EQ(codes(summary), Codes{"more_errors"});
  summary.best_number = 0;
  EXPECT_EQ(codes(summary), Codes{}) << "nothing is recommended";
}

TEST(Warnings, AreOfAGainThatMayBeChance) {
  Summary summary = gained();
  summary.validation = Validation{.number = 4,
                                  .pages = 3,
                                  .baseline = {},
                                  .scores = {},
                                  .gain = {.mean = 2, .low = -1, .high = 5},
                                  .constraints = {}};
  ASSERT_EQ(codes(summary), Codes{"gain_may_be_chance"});
  EXPECT_EQ(warnings_of(summary)[0].values.at("low"), -1);
  // An interval of half width 3 from 3 pages is one of 2 from 3 (3 / 2)² pages.
  EXPECT_EQ(warnings_of(summary)[0].values.at("pages_needed"), 7);
  EXPECT_TRUE(test::contains(warnings_of(summary)[0].text, "about 7 validation pages"));
  summary.validation->gain.mean = -0.5;
  EXPECT_FALSE(warnings_of(summary)[0].values.contains("pages_needed")) << "there is no gain";
  summary.validation->gain.mean = 0.01;
  EXPECT_FALSE(warnings_of(summary)[0].values.contains("pages_needed")) << "far too many";
  summary.validation->gain.low = 0.5;
  EXPECT_EQ(codes(summary), Codes{});
}

TEST(Warnings, AreOfAnObjectiveThatPartsFromTheErrorsAtOneBoundEverywhere) {
  Summary summary = gained();
  summary.trust = ProxyTrust{.pages = 2, .spearman = 0.3};
  EXPECT_EQ(codes(summary), Codes{});
  summary.trust->spearman = 0.29;
  EXPECT_EQ(codes(summary), Codes{"objective_parts_from_errors"});
  EXPECT_TRUE(
      test::contains(cautions_text(warnings_of(summary)),
                     "  Warning: on 2 pages with ground truth, confidence correlates weakly"));
}

TEST(Warnings, NameThePagesToLookAtAfterTheCautions) {
  Summary summary = gained();
  summary.worse = {{.name = "a.png"}, {.name = "b.png"}};
  summary.poorly_recognized = {{.name = "c.png"}};
  summary.best.set(Score::words, 1);
  summary.confirmation = Confirmation::missing;
  summary.failed_pages = 1;
  EXPECT_EQ(codes(summary), (Codes{"fewer_words", "unconfirmed", "worse_pages",
                                   "poorly_recognized_pages", "failed_pages"}));
  const std::vector<Warning> found = warnings_of(summary);
  EXPECT_EQ(found[2].text, "2 pages got worse.");
  EXPECT_EQ(found[2].pages, (std::vector<std::string>{"a.png", "b.png"}));
  EXPECT_EQ(cautions_text(found), "  Warning: " + found[0].text + "\n");
  const nlohmann::json list = warnings_json(found);
  EXPECT_EQ(list[0].at("severity"), "caution");
  EXPECT_EQ(list[3].at("severity"), "note");
  EXPECT_EQ(list[3].at("pages"), nlohmann::json({"c.png"}));
  EXPECT_EQ(summary_json(gained()).at("warnings"), nlohmann::json::array());
}

}  // namespace
}  // namespace ocrtune
