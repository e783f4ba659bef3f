#include "ocrtune/study_run/recorded_result_json.h"

#include <gtest/gtest.h>

#include <string>

#include "support/errors.h"

namespace ocrtune::workflow {
namespace {

RecordedResult result() {
  RecordedResult recorded{.candidate = {.pipeline = 0,
                                        .quality = {.char_confidence = 91.25,
                                                    .legible = 1.0 / 3,
                                                    .net_legible = -4.5,
                                                    .lexicon = 0.7,
                                                    .garbage = 0.01,
                                                    .short_words = 0.2,
                                                    .signs = 0.05,
                                                    .coverage = 0.93},
                                        .failure = "",
                                        .of_tesseract = true,
                                        .usual_mode = true,
                                        .by_columns = true,
                                        .lines = 3},
                          .ocr_result = {.words = {}, .width = 640, .height = 480},
                          .seconds = 0.123456789,
                          .leaves_out_faint_text = true};
  recorded.ocr_result.words.push_back(
      {.text = "réf\"\n",
       .confidence = 88,
       .left = 1,
       .top = 2,
       .right = 30,
       .bottom = 14,
       .block = 1,
       .paragraph = 2,
       .line = 3,
       .index = 4,
       .space_before = false,
       .characters = {{.text = "r", .probability = 0.1, .alternatives = {{"n", 0.7}, {"m", 1e-9}}},
                      {.text = "é", .probability = 1, .alternatives = {}}}});
  recorded.ocr_result.words.push_back({.text = "plain"});
  return recorded;
}

TEST(RecordedResultText, GivesTheSameBack) {
  const RecordedResult written = result();
  const RecordedResult again = parse_recorded_result(recorded_result_text(written));
  EXPECT_EQ(recorded_result_text(again), recorded_result_text(written));
  EXPECT_EQ(again.seconds, written.seconds);
  EXPECT_EQ(again.candidate.quality.legible, written.candidate.quality.legible);
  EXPECT_EQ(again.candidate.quality.coverage, written.candidate.quality.coverage);
  EXPECT_TRUE(again.candidate.by_columns);
  EXPECT_TRUE(again.leaves_out_faint_text);
  ASSERT_EQ(again.ocr_result.words.size(), 2U);
  const Word& word = again.ocr_result.words[0];
  EXPECT_EQ(word.text, "réf\"\n");
  EXPECT_EQ(word.line, 3);
  EXPECT_FALSE(word.space_before);
  ASSERT_EQ(word.characters.size(), 2U);
  EXPECT_EQ(word.characters[0].alternatives[1].probability, 1e-9);
}

TEST(RecordedResultText, OfAPipelineThatFailedHasTheReason) {
  RecordedResult failed;
  failed.candidate.failure = "too large";
  const RecordedResult again = parse_recorded_result(recorded_result_text(failed));
  EXPECT_EQ(again.candidate.failure, "too large");
  EXPECT_FALSE(again.candidate.quality.coverage.has_value());
}

TEST(RecordedResultText, ThatIsCutOffOrOfAnotherKindIsRefused) {
  const std::string text = recorded_result_text(result());
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{1}, text.size() / 2, text.size() - 1})
    test::error_of(Errc::study_error, [&] { parse_recorded_result(text.substr(0, length)); });
  for (const char* position : {"1e300", "99999999999", "\"7\"", "null"}) {
    std::string moved = text;
    const std::string width = "\"width\":640";
    moved.replace(moved.find(width), width.size(), std::string("\"width\":") + position);
    test::error_of(Errc::study_error, [&] { parse_recorded_result(moved); });
  }
  for (const char* other : {"[]", "null", R"({"quality": 3})", "\"\""})
    test::error_of(Errc::study_error, [&] { parse_recorded_result(other); });
}

}  // namespace
}  // namespace ocrtune::workflow
