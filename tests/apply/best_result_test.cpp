#include "ocrtune/apply/best_result.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "execution/small_corpus.h"
#include "ocrtune/documents/quarter_turns.h"
#include "ocrtune/image/turned_page.h"
#include "ocrtune/ocr/self_check.h"
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

TEST(BestCandidate, RecognizedByColumnsHasTheMostLines) {
  const auto by_columns = [](double net_legible, std::size_t lines) {
    Candidate candidate = with(net_legible);
    candidate.by_columns = true;
    candidate.lines = lines;
    return candidate;
  };
  EXPECT_EQ(best_candidate({by_columns(90, 50), by_columns(100, 40), by_columns(80, 90)}), 0U);
  EXPECT_EQ(best_candidate({by_columns(100, 40), by_columns(100, 40)}), 0U);
  EXPECT_EQ(best_candidate({by_columns(-50, 90), by_columns(-40, 40)}), 1U);
  Candidate failed = by_columns(100, 90);
  failed.failure = "no memory";
  EXPECT_EQ(best_candidate({failed, by_columns(100, 40)}), 1U);
  Candidate in_one = with(90);
  in_one.lines = 90;
  EXPECT_EQ(best_candidate({in_one, with(100)}), 1U) << "lines mean nothing in one column";
}

/// Reads the pages of a small corpus through a portfolio.
class BestResults : public testing::Test {
 protected:
  std::optional<BestResult> read(std::size_t page, const std::string& portfolio,
                                 const std::atomic<bool>& stop = test::kGoOn,
                                 const ChoiceRule& rule = {}) {
    return read(page, pages_.corpus().image(page), portfolio, stop, rule);
  }

  std::optional<BestResult> read(std::size_t page, const Image& image, const std::string& portfolio,
                                 const std::atomic<bool>& stop = test::kGoOn,
                                 const ChoiceRule& rule = {}) {
    const Portfolio parsed = parse_portfolio(portfolio, "t");
    const PagePlace place{.stages = cache_};
    return best_result(
        pages_.corpus().pages()[page], [&] { return image; },
        {.portfolio = parsed, .recognizers = recognizers_, .place = place, .stop = stop}, rule);
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

TEST_F(BestResults, KeepsWhatCanBeReadWhateverTheOrder) {
  const auto last = read(1, kTiny + kRaw);
  ASSERT_TRUE(last.has_value());
  EXPECT_EQ(last->pipeline, 1U);
  EXPECT_EQ(plain_text(last->ocr_result), "THE SECOND PAGE\n");
  EXPECT_EQ(last->candidates.size(), 2U);
  EXPECT_GT(last->kept().quality.net_legible, last->candidates[0].quality.net_legible);
  const auto first = read(1, kRaw + kTiny);
  EXPECT_EQ(first->pipeline, 0U);
  EXPECT_EQ(plain_text(first->ocr_result), plain_text(last->ocr_result));
  EXPECT_EQ(first->kept().quality.net_legible, last->kept().quality.net_legible);
}

TEST_F(BestResults, PlacesWordsOnThePageAsItCame) {
  const auto raw = read(1, kRaw);
  const auto doubled = read(1, kDouble);
  EXPECT_EQ(doubled->image.gray.cols, 2 * raw->image.gray.cols);
  EXPECT_EQ(doubled->ocr_result.width, raw->ocr_result.width);
  ASSERT_EQ(doubled->ocr_result.words.size(), raw->ocr_result.words.size());
  for (std::size_t i = 0; i < raw->ocr_result.words.size(); ++i) {
    EXPECT_NEAR(doubled->ocr_result.words[i].left, raw->ocr_result.words[i].left, 3);
    EXPECT_NEAR(doubled->ocr_result.words[i].bottom, raw->ocr_result.words[i].bottom, 3);
  }
}

TEST_F(BestResults, AVoteIsAlongTheBest) {
  const auto best = read(1, kTiny + kRaw + kDouble);
  const auto voted = read(1, kTiny + kRaw + kDouble, test::kGoOn, {.choice = Choice::vote});
  ASSERT_TRUE(voted.has_value());
  EXPECT_EQ(voted->pipeline, best->pipeline);
  EXPECT_EQ(voted->image.gray.size(), best->image.gray.size());
  EXPECT_EQ(plain_text(voted->ocr_result), "THE SECOND PAGE\n");
  EXPECT_EQ(voted->changed, 0U);
  EXPECT_EQ(voted->candidates.size(), 3U);
  EXPECT_EQ(voted->kept().quality.net_legible, best->quality.net_legible);
  EXPECT_GT(voted->quality.char_confidence, 50);
  const auto alone = read(1, kRaw, test::kGoOn, {.choice = Choice::vote});
  EXPECT_EQ(alone->quality.net_legible, read(1, kRaw)->quality.net_legible);
}

/// Two columns of twelve lines.
Image page_in_columns() {
  cv::Mat page(640, 1100, CV_8UC1, cv::Scalar(255));
  for (int line = 0; line < 12; ++line) {
    const auto write = [&](const std::string& text, int x) {
      cv::putText(page, text, {x, 60 + 45 * line}, cv::FONT_HERSHEY_DUPLEX, 0.9, 0, 2, cv::LINE_AA);
    };
    // Words below one another would have rivers of white between them.
    const char* const kLeft[] = {"and left of it goes on", "goes left and on a line",
                                 "a bit more left of it", "left is then written"};
    const char* const kRight[] = {"with a right one here", "right beside it, so far",
                                  "other words are right", "it is in the right half"};
    write(kLeft[line * 7 % 4], 40);
    write(kRight[line * 3 % 4], 590);
  }
  return {page, {}};
}

TEST_F(BestResults, ColumnsAreReadOneAfterTheOther) {
  const auto lines_of = [](const OcrResult& result) {
    std::string lines = plain_text(result);
    std::erase(lines, ' ');
    return lines;
  };
  for (const std::string& pipelines : {kRaw, kTiny + kRaw}) {
    const auto read_by_columns = read(0, page_in_columns(), pipelines);
    const std::string text = lines_of(read_by_columns->ocr_result);
    EXPECT_LT(text.rfind("left"), text.find("right")) << text;
    EXPECT_GT(read_by_columns->kept().quality.net_legible, 100);
  }
  const std::string as_stated = kRaw + "[pipeline.ocr]\npage_segmentation = \"block\"\n";
  const std::string across = lines_of(read(0, page_in_columns(), as_stated)->ocr_result);
  EXPECT_LT(across.find("right"), across.rfind("left")) << across;
}

/// The built-in page, which has text enough.
class Enough : public BestResults {
 protected:
  std::optional<BestResult> read_text(const ChoiceRule& rule) {
    return read(0, self_check_page(), kTiny + kRaw + kDouble, test::kGoOn, rule);
  }
};

TEST_F(Enough, EndsWithTheFirstOcrResultThatIsGood) {
  const auto all = read_text({});
  ASSERT_EQ(all->candidates.size(), 3U);
  const OcrQuality& raw = all->candidates[1].quality;
  ASSERT_GT(raw.char_confidence, 80);
  for (const Choice choice : {Choice::best, Choice::vote}) {
    const auto some = read_text({.choice = choice, .enough = raw.char_confidence});
    EXPECT_EQ(some->candidates.size(), 2U);
    EXPECT_EQ(some->pipeline, 1U);
    EXPECT_EQ(some->image.gray.size(), self_check_page().gray.size());
    EXPECT_EQ(some->kept().quality.net_legible, raw.net_legible);
  }
  EXPECT_EQ(read_text({.enough = 99})->candidates.size(), 3U);
}

TEST_F(Enough, TakesMoreThanAFewWords) {
  const auto few = read(1, kRaw + kDouble, test::kGoOn, {.enough = 0});
  EXPECT_EQ(few->candidates.size(), 2U);
}

/// Pages of clear text, and of clear and hardly visible text.
class FaintText : public BestResults {
 protected:
  static Image page(bool with_faint_text) {
    const cv::Mat clear = self_check_page().gray;
    cv::Mat hardly;
    clear.convertTo(hardly, CV_8U, 0.06, 0.94 * 235);
    std::vector<cv::Mat> parts(3, clear);
    if (with_faint_text) parts.insert(parts.end(), 3, hardly);
    cv::Mat whole;
    cv::vconcat(parts, whole);
    return {.gray = whole, .dpi = {}};
  }
};

TEST_F(FaintText, IsNotLeftOutForConfidenceInTheRest) {
  const ChoiceRule rule{.enough = 80};
  const auto clear = read(0, page(false), kRaw + kDouble, test::kGoOn, rule);
  EXPECT_EQ(clear->candidates.size(), 1U);
  const auto half = read(0, page(true), kRaw + kDouble, test::kGoOn, rule);
  const OcrQuality& raw = half->candidates[0].quality;
  ASSERT_TRUE(is_enough(raw.char_confidence, raw.legible, *rule.enough));
  EXPECT_EQ(half->candidates.size(), 2U);
}

TEST_F(FaintText, HasPipelinesOfItsOwn) {
  const std::string portfolio =
      kRaw + "[[pipeline]]\nfor_faint_text = true\nname = \"faint\"\n" + kDouble;
  const auto clear = read(0, page(false), portfolio);
  ASSERT_EQ(clear->candidates.size(), 2U);
  EXPECT_EQ(clear->candidates[1].pipeline, 2U);
  EXPECT_EQ(clear->kept().pipeline, clear->pipeline);
  EXPECT_EQ(read(0, page(true), portfolio)->candidates.size(), 3U);
}

TEST_F(Enough, TimesTheFirstPipelineAlone) {
  const auto one = read_text({.enough = 0});
  EXPECT_GT(one->first_seconds, 0);
  EXPECT_GT(one->seconds, one->first_seconds);
}

/// A page in each other orientation.
class Rotated : public BestResults, public testing::WithParamInterface<int> {};

TEST_P(Rotated, IsRecognizedAsIfItWereUpright) {
  const Image page = self_check_page();
  const auto upright = read(0, page, kRaw + kDouble);
  const auto rotated = read(0, turned_clockwise(page, GetParam()), kRaw + kDouble);
  EXPECT_EQ(upright->turns, 0);
  EXPECT_EQ(rotated->turns, 4 - GetParam());
  EXPECT_EQ(plain_text(rotated->ocr_result), plain_text(upright->ocr_result));
  EXPECT_EQ(rotated->quality.net_legible, upright->quality.net_legible);
  EXPECT_EQ(rotated->candidates.size(), upright->candidates.size());
  EXPECT_EQ(rotated->image.gray.size(), upright->image.gray.size());
}

TEST_P(Rotated, HasItsBoxesWhereTheWordsAreOnIt) {
  const Image page = self_check_page();
  const auto upright = read(0, page, kRaw);
  auto rotated = read(0, turned_clockwise(page, GetParam()), kRaw);
  turn_back(rotated->ocr_result, GetParam());
  ASSERT_EQ(rotated->ocr_result.words.size(), upright->ocr_result.words.size());
  EXPECT_EQ(rotated->ocr_result.width, upright->ocr_result.width);
  for (std::size_t i = 0; i < upright->ocr_result.words.size(); ++i) {
    EXPECT_EQ(rotated->ocr_result.words[i].left, upright->ocr_result.words[i].left);
    EXPECT_EQ(rotated->ocr_result.words[i].bottom, upright->ocr_result.words[i].bottom);
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, Rotated, testing::Values(1, 2, 3));

TEST_F(BestResults, OfABlankPageIsNoText) {
  cv::Mat paper(700, 500, CV_8UC1, cv::Scalar(225));
  paper.rowRange(0, 300).setTo(215);
  const auto best = read(0, Image{.gray = paper}, kRaw);
  ASSERT_TRUE(best);
  EXPECT_TRUE(best->blank);
  EXPECT_TRUE(best->ocr_result.words.empty());
  EXPECT_EQ(best->ocr_result.width, 500);
  EXPECT_FALSE(read(0, kRaw)->blank);
}

TEST_F(BestResults, StoppedGivesNothing) {
  const std::atomic<bool> stopped{true};
  EXPECT_FALSE(read(0, kRaw, stopped).has_value());
}

}  // namespace
}  // namespace ocrtune
