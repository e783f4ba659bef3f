#include "ocrtune/apply/best_reading.h"

#include <gtest/gtest.h>

#include "evaluator/small_corpus.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

Candidate with(double net_legible, const std::string& failure = "") {
  Candidate candidate{.failure = failure};
  candidate.quality.net_legible = net_legible;
  return candidate;
}

TEST(BestCandidate, HasMostNetLegibleOfEqualsTheFirst) {
  EXPECT_EQ(best_candidate({with(1)}), 0U);
  EXPECT_EQ(best_candidate({with(1), with(3), with(2)}), 1U);
  EXPECT_EQ(best_candidate({with(3), with(3), with(2)}), 0U);
  EXPECT_EQ(best_candidate({with(-5), with(-7)}), 0U);
}

TEST(BestCandidate, IsNeverOneThatFailed) {
  EXPECT_EQ(best_candidate({with(9, "no memory"), with(-30)}), 1U);
  EXPECT_EQ(best_candidate({with(-30), with(9, "no memory")}), 0U);
}

/// Reads the pages of a small corpus through a portfolio.
class BestReadings : public testing::Test {
 protected:
  std::optional<BestReading> read(std::size_t page, const std::string& portfolio,
                                  const std::atomic<bool>& stop = test::kGoOn,
                                  Choice choice = Choice::best) {
    return best_reading(
        pages_.corpus().pages()[page], [&] { return pages_.corpus().image(page); },
        parse_portfolio(portfolio, "t"), recognizers_, cache_, stop, choice);
  }

  test::SmallCorpus pages_;
  RecognizerPool recognizers_{{}};
  StageCache cache_{10'000'000, 100};
};

const std::string kRaw = "[[pipeline]]\nname = \"raw\"\n";
const std::string kTiny =
    "[[pipeline]]\nname = \"tiny\"\n[[pipeline.stage]]\nuse = \"rescale\"\nfactor = 0.1\n";
const std::string kDouble =
    "[[pipeline]]\nname = \"double\"\n[[pipeline.stage]]\nuse = \"rescale\"\nfactor = 2\n";

TEST_F(BestReadings, KeepsWhatCanBeReadWhateverTheOrder) {
  const auto last = read(1, kTiny + kRaw);
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->pipeline, 1U);
  EXPECT_EQ(plain_text(last->reading), "THE SECOND PAGE\n");
  EXPECT_EQ(last->candidates.size(), 2U);
  EXPECT_GT(last->kept().quality.net_legible, last->candidates[0].quality.net_legible);
  const auto first = read(1, kRaw + kTiny);
  EXPECT_EQ(first->pipeline, 0U);
  EXPECT_EQ(plain_text(first->reading), plain_text(last->reading));
  EXPECT_EQ(first->kept().quality.net_legible, last->kept().quality.net_legible);
}

TEST_F(BestReadings, PlacesWordsOnThePageAsItCame) {
  const auto raw = read(1, kRaw);
  const auto doubled = read(1, kDouble);
  EXPECT_EQ(doubled->image.gray.cols, 2 * raw->image.gray.cols);
  EXPECT_EQ(doubled->reading.width, raw->reading.width);
  ASSERT_EQ(doubled->reading.words.size(), raw->reading.words.size());
  for (std::size_t i = 0; i < raw->reading.words.size(); ++i) {
    EXPECT_NEAR(doubled->reading.words[i].left, raw->reading.words[i].left, 3);
    EXPECT_NEAR(doubled->reading.words[i].bottom, raw->reading.words[i].bottom, 3);
  }
}

TEST_F(BestReadings, AVoteIsAlongTheBest) {
  const auto best = read(1, kTiny + kRaw + kDouble);
  const auto voted = read(1, kTiny + kRaw + kDouble, test::kGoOn, Choice::vote);
  ASSERT_TRUE(voted.has_value());
  EXPECT_EQ(voted->pipeline, best->pipeline);
  EXPECT_EQ(voted->image.gray.size(), best->image.gray.size());
  EXPECT_EQ(plain_text(voted->reading), "THE SECOND PAGE\n");
  EXPECT_EQ(voted->changed, 0U);
  EXPECT_EQ(voted->candidates.size(), 3U);
  EXPECT_EQ(voted->kept().quality.net_legible, best->quality.net_legible);
  EXPECT_GT(voted->quality.char_confidence, 50);
  const auto alone = read(1, kRaw, test::kGoOn, Choice::vote);
  EXPECT_EQ(alone->quality.net_legible, read(1, kRaw)->quality.net_legible);
}

TEST_F(BestReadings, StoppedGivesNothing) {
  const std::atomic<bool> stopped{true};
  EXPECT_FALSE(read(0, kRaw, stopped).has_value());
}

}  // namespace
}  // namespace ocrtune
