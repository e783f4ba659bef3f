#include "ocrtune/study_run/judged_pages.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "execution/small_corpus.h"

namespace ocrtune::workflow {
namespace {

OcrResult text_of(const std::string& text) {
  OcrResult result{.words = {}, .width = 1000, .height = 100};
  int left = 10;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const int width = 10 * static_cast<int>(word.size());
    result.words.push_back({.text = word,
                            .confidence = 90,
                            .left = left,
                            .top = 20,
                            .right = left + width,
                            .bottom = 50,
                            .block = 1,
                            .paragraph = 1,
                            .line = 1,
                            .index = static_cast<int>(result.words.size()) + 1});
    left += width + 10;
    begin = end + 1;
  }
  return result;
}

RecordedResult recorded(std::size_t pipeline, const std::string& text) {
  RecordedResult result;
  result.candidate.pipeline = pipeline;
  result.candidate.of_tesseract = true;
  result.candidate.quality.net_legible = 10;
  result.ocr_result = text_of(text);
  result.seconds = 1 + static_cast<double>(pipeline);
  return result;
}

Ensemble of(std::vector<std::size_t> pipelines) {
  Ensemble ensemble;
  for (const std::size_t pipeline : pipelines) ensemble.members.push_back({.pipeline = pipeline});
  return ensemble;
}

class PagesThatAreJudged : public testing::Test {
 protected:
  /// The last page, which has no ground truth.
  JudgedPages judged(RecordedPage page) {
    return judged(std::vector<std::optional<RecordedPage>>{{}, {}, {}, std::move(page)});
  }

  JudgedPages judged(std::vector<std::optional<RecordedPage>> pages) {
    pages.resize(pages_.corpus().pages().size());
    return {pages_.corpus(), recognition_, 2, std::move(pages), test::kGoOn};
  }

  test::SmallCorpus pages_;
  RecognitionOptions recognition_;
};

TEST_F(PagesThatAreJudged, AreThoseThatWereRecorded) {
  const JudgedPages one = judged(std::vector<std::optional<RecordedPage>>{
      {}, RecordedPage{recorded(0, "THE SECOND PAGE"), recorded(1, "THE SECOND")}});
  EXPECT_EQ(one.size(), 1U);
  EXPECT_EQ(one.with_truth(), 1U);
  const auto values = one.values({of({0}), of({1})});
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(values[0].wrong, std::vector<double>{0}) << "by its ground truth";
  EXPECT_EQ(values[1].wrong, std::vector<double>{5.0 / 15});
  EXPECT_EQ(values[0].seconds, std::vector<double>{1});
}

TEST_F(PagesThatAreJudged, AreWorseWhereAResultIsNotOfTheOthersOpinion) {
  const std::string text = "several words that nearly all of the results agree on";
  const JudgedPages page = judged({RecordedPage{
      recorded(0, text), recorded(1, text), recorded(2, "zzz nonsense qqq"), recorded(3, text)}});
  if (page.with_truth() > 0) GTEST_SKIP() << "the page has ground truth";
  const auto values = page.values({of({0}), of({2}), of({0, 1, 3})});
  EXPECT_LT(values[0].wrong[0], values[1].wrong[0]);
  EXPECT_EQ(values[0].wrong[0], values[2].wrong[0]);
  EXPECT_EQ(values[2].seconds[0], 1 + 2 + 4);
}

TEST_F(PagesThatAreJudged, HaveNoTextFromPipelinesThatFailed) {
  RecordedResult failed = recorded(1, "");
  failed.candidate.failure = "too large";
  const JudgedPages page = judged(RecordedPage{recorded(0, "some words of text"), failed});
  const auto values = page.values({of({0}), of({1})});
  EXPECT_LT(values[0].wrong[0], values[1].wrong[0]);
}

TEST_F(PagesThatAreJudged, LeaveOutMembersOfOtherLanguages) {
  const JudgedPages page =
      judged(RecordedPage{recorded(0, "some words of text"), recorded(1, "some words of text")});
  Ensemble ensemble = of({0, 1});
  ensemble.members[1].languages = {"xyz"};
  EXPECT_EQ(page.values({ensemble})[0].seconds[0], 1);
}

}  // namespace
}  // namespace ocrtune::workflow
