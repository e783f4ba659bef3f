#include "ocrtune/storage/page_result_json.h"

#include <gtest/gtest.h>

#include <limits>

#include "support/errors.h"
#include "support/studies.h"

namespace ocrtune {
namespace {

TEST(PageResultJson, EveryResultComesBackBitForBit) {
  const StudyDefinition definition = test::study_definition(5);
  Random random(3);
  for (std::size_t number = 0; number < 50; ++number) {
    Trial trial = test::random_trial(definition, number, random, true);
    test::add_steps(trial, random);
    Trial read = trial;
    for (PageResult& page : read.pages) page = parse_page_result(page_result_text(page));
    read.point = parse_point(point_text(trial.point));
    EXPECT_TRUE(test::same_trial(trial, read));
    for (std::size_t page = 0; page < trial.pages.size(); ++page) {
      EXPECT_EQ(read.pages[page].scores, trial.pages[page].scores);
      EXPECT_EQ(read.pages[page].timings.steps, trial.pages[page].timings.steps);
    }
  }
}

TEST(PageResultJson, InfiniteScoresComeBack) {
  PageResult result;
  result.scores.set(Score::cer, std::numeric_limits<double>::infinity());
  result.scores.set(Score::net_legible, -std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_page_result(page_result_text(result)).scores, result.scores);
}

TEST(PageResultJson, AnyOtherTextIsDamaged) {
  for (const char* text : {"", "{", "[]", "{}", R"({"scores":{"cer":[]},"failure":""})",
                           R"({"scores":{},"failure":1,"started_us":0,"ms":[],"steps":[]})",
                           R"({"scores":{},"failure":"","started_us":0,"ms":[1],"steps":[]})"}) {
    EXPECT_TRUE(test::contains(
        test::error_of(Errc::study_error, [&] { (void)parse_page_result(text); }), "damaged"))
        << text;
  }
  for (const char* text : {"", "{}x", "[1]", R"([["a"]])", R"([["a","b"]])"}) {
    EXPECT_TRUE(test::contains(test::error_of(Errc::study_error, [&] { (void)parse_point(text); }),
                               "damaged"))
        << text;
  }
}

}  // namespace
}  // namespace ocrtune
