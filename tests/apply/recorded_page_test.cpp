#include "ocrtune/apply/recorded_page.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "execution/small_corpus.h"
#include "ocrtune/apply/best_result.h"

namespace ocrtune {
namespace {

const char* const kPortfolio = R"(
[[pipeline]]
name = "raw"

[[pipeline]]
name = "tiny"
[[pipeline.stage]]
use = "rescale"
factor = 0.3

[[pipeline]]
name = "double"
[[pipeline.stage]]
use = "rescale"
factor = 2

[[pipeline]]
name = "blurred"
[[pipeline.stage]]
use = "denoise_gaussian"
sigma = 1.5
)";

class RecordedPages : public testing::Test {
 protected:
  OcrMeans means(const Portfolio& portfolio) {
    return {
        .portfolio = portfolio, .recognizers = recognizers_, .place = place_, .stop = test::kGoOn};
  }

  RecordedPage recorded(std::size_t page, const ResultStock& stock) {
    return *recorded_page(
        pages_.corpus().pages()[page], [&] { return pages_.corpus().image(page); },
        means(portfolio_), true, stock);
  }

  BestResult live(std::size_t page, const std::vector<std::size_t>& pipelines,
                  const ChoiceRule& rule) {
    Portfolio some{.name = "some", .description = "", .pipelines = {}};
    for (const std::size_t i : pipelines) some.pipelines.push_back(portfolio_.pipelines[i]);
    return *best_result(
        pages_.corpus().pages()[page], [&] { return pages_.corpus().image(page); }, means(some),
        rule);
  }

  static ResultStock empty() {
    return {.find = [](std::size_t, bool) { return std::nullopt; }};
  }

  test::SmallCorpus pages_;
  RecognizerPool recognizers_{{}};
  StageCache cache_{10'000'000, 100};
  PagePlace place_{.stages = cache_};
  Portfolio portfolio_ = parse_portfolio(kPortfolio, "t");
};

TEST_F(RecordedPages, ReplayedGiveWhatApplyGives) {
  const std::vector<std::vector<std::size_t>> orders{{0}, {1}, {0, 2}, {1, 0}, {0, 1, 2, 3}};
  for (std::size_t page = 0; page < pages_.corpus().pages().size(); ++page) {
    const RecordedPage all = recorded(page, empty());
    const Lexicon& lexicon = recognizers_.lexicon(pages_.corpus().pages()[page].lang);
    for (const std::vector<std::size_t>& order : orders) {
      for (const Choice choice : {Choice::best, Choice::vote}) {
        for (const std::optional<double> enough : {std::optional<double>{}, std::optional(10.0)}) {
          const ChoiceRule rule{.choice = choice, .enough = enough};
          EXPECT_EQ(plain_text(replayed(all, order, rule, lexicon).ocr_result),
                    plain_text(live(page, order, rule).ocr_result))
              << "page " << page << ", " << order.size() << " pipelines";
        }
      }
    }
  }
}

TEST_F(RecordedPages, TakeTheTimeOfThePipelinesThatAreTried) {
  RecordedPage all = recorded(0, empty());
  for (RecordedResult& result : all) result.seconds = 1;
  const Lexicon& lexicon = recognizers_.lexicon("eng");
  EXPECT_EQ(replayed(all, {0, 2}, {.choice = Choice::vote}, lexicon).seconds, 2);
  EXPECT_EQ(replayed(all, {}, {}, lexicon).seconds, 0);
  EXPECT_TRUE(replayed(all, {}, {}, lexicon).ocr_result.words.empty());
}

TEST_F(RecordedPages, AreNotRecognizedAgain) {
  const RecordedPage first = recorded(1, empty());
  std::vector<std::size_t> asked;
  RecordedPage marked = first;
  for (RecordedResult& result : marked) result.seconds = 1234;
  const RecordedPage again = recorded(1, {.find = [&](std::size_t pipeline, bool) {
                                        asked.push_back(pipeline);
                                        return std::optional(marked[pipeline]);
                                      }});
  EXPECT_EQ(asked, (std::vector<std::size_t>{0, 1, 2, 3}));
  ASSERT_EQ(again.size(), first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(again[i].seconds, 1234);
    EXPECT_EQ(plain_text(again[i].ocr_result), plain_text(first[i].ocr_result));
    EXPECT_EQ(again[i].leaves_out_faint_text, first[i].leaves_out_faint_text);
  }
}

}  // namespace
}  // namespace ocrtune
