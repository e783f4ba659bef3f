#include "ocrtune/metrics/ocr_quality.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/text_gen.h"

namespace ocrtune {
namespace {

OcrResult ocr_result_of(const std::vector<std::pair<std::string, int>>& words) {
  OcrResult ocr_result{.words = {}, .width = 100, .height = 100};
  for (const auto& [text, confidence] : words)
    ocr_result.words.push_back({.text = text, .confidence = confidence});
  return ocr_result;
}

const Lexicon& english() {
  static const auto kEnglish = Lexicon::open("eng", "");
  return *kEnglish;
}

TEST(OcrQuality, OfNothingIsNothing) {
  const OcrQuality quality = ocr_quality({}, english());
  EXPECT_EQ(quality.char_confidence, 0);
  EXPECT_EQ(quality.legible, 0);
  EXPECT_EQ(quality.lexicon, 0);
  EXPECT_EQ(quality.garbage, 0);
}

TEST(OcrQuality, CountsCharacters) {
  const OcrResult ocr_result = ocr_result_of({{"house", 80}, {"(hxé,", 40}, {"xqzzk", 100}});
  const OcrQuality quality = ocr_quality(ocr_result, english());
  EXPECT_DOUBLE_EQ(quality.char_confidence, (5 * 80 + 5 * 40 + 5 * 100) / 15.0);
  EXPECT_DOUBLE_EQ(quality.legible, 5 * 0.8 + 5 * 1.0) << "what is hardly read doesn't count";
  EXPECT_DOUBLE_EQ(quality.lexicon, 5 / 13.0);
  EXPECT_EQ(quality.garbage, 0);
}

TEST(OcrQuality, LosingWordsLowersWhatIsLegible) {
  const OcrResult all = ocr_result_of({{"house", 90}, {"garden", 70}, {"tree", 60}});
  const OcrResult few = ocr_result_of({{"house", 95}});
  EXPECT_GT(ocr_quality(few, english()).char_confidence,
            ocr_quality(all, english()).char_confidence);
  EXPECT_LT(ocr_quality(few, english()).legible, ocr_quality(all, english()).legible);
  OcrResult with_noise = all;
  with_noise.words.push_back({.text = "~%~#~", .confidence = 20});
  EXPECT_EQ(ocr_quality(with_noise, english()).legible, ocr_quality(all, english()).legible);
  EXPECT_GT(ocr_quality(with_noise, english()).garbage, 0);
}

TEST(OcrQuality, NetLegibleCountsWhatIsPoorlyRecognizedAgainstIt) {
  EXPECT_DOUBLE_EQ(
      ocr_quality(ocr_result_of({{"house", 80}, {"xqz", 40}, {"", 90}}), english()).net_legible,
      6 * 0.2 - 4 * 0.2 + 1 * 0.3);
  EXPECT_EQ(ocr_quality(ocr_result_of({{"house", 60}}), english()).net_legible, 0);
}

TEST(OcrQuality, LeadersDoNotCount) {
  const OcrResult titles = ocr_result_of({{"Introduction", 94}, {"17", 90}});
  const OcrResult with_leaders = ocr_result_of({{"Introduction", 94},
                                                {"......", 95},
                                                {"----", 30},
                                                {"eee", 10},
                                                {"ceseseescec", 0},
                                                {"…", 20},
                                                {"....ees", 5},
                                                {"17", 90}});
  const OcrQuality quality = ocr_quality(with_leaders, english());
  EXPECT_EQ(quality.net_legible - (2 * (20 - 60) / 100.0),
            ocr_quality(titles, english()).net_legible)
      << "a mark alone counts";
  EXPECT_GT(quality.net_legible, ocr_quality({}, english()).net_legible);
  for (const auto& [word, confidence] : {std::pair("see", 80),
                                         {"-", 20},
                                         {"e", 10},
                                         {"17", 5},
                                         {"house", 10},
                                         {"...a", 5},
                                         {"see", 10},
                                         {"so", 20},
                                         {"cose", 30}})
    EXPECT_FALSE(is_leader({.text = word, .confidence = confidence})) << word;
}

TEST(OcrQuality, ExpectedErrorsFallWithConfidence) {
  const auto expected = [](int confidence) {
    return expected_cer(ocr_quality(ocr_result_of({{"house", confidence}}), english()));
  };
  EXPECT_LT(expected(100), 0.05);
  for (int confidence = 0; confidence < 100; ++confidence)
    EXPECT_GT(expected(confidence), expected(confidence + 1));
  EXPECT_GT(expected(0), 0.5);
  EXPECT_EQ(expected_cer(ocr_quality({}, english())), expected(0));
}

TEST(OcrQuality, ShortWordsAndSignsAreAsNoiseIsRead) {
  const auto quality = [](const std::string& word) {
    return ocr_quality(ocr_result_of({{"house", 80}, {word, 80}}), english());
  };
  EXPECT_DOUBLE_EQ(quality("ab").short_words, 2 / 7.0);
  EXPECT_EQ(quality("abc").short_words, 0);
  EXPECT_DOUBLE_EQ(quality("a-;").signs, 2 / 8.0);
  EXPECT_GT(expected_cer(quality("ab")), expected_cer(quality("abc")));
  EXPECT_GT(expected_cer(quality("a-;")), expected_cer(quality("abc")));
  // Of what isn't parted by spaces, short is no sign of noise.
  for (const char* word : {"中", "カナ", "ไทย"}) EXPECT_EQ(quality(word).short_words, 0) << word;
}

TEST(OcrQuality, ExpectedErrorsOfSeveralEnginesRiseWithWhatTheyDoNotAgreeOn) {
  const auto quality = [](int first, int second) {
    return ocr_quality(ocr_result_of({{"house", first}, {"garden", second}}), english());
  };
  EXPECT_LT(expected_cer_of_engines(quality(95, 95)), 0.02);
  EXPECT_EQ(expected_cer_of_engines({}), 0) << "nothing was there to recognize";
  EXPECT_EQ(expected_cer_of_engines(quality(0, 0)), 1);
  EXPECT_GT(expected_cer_of_engines(quality(49, 90)), expected_cer_of_engines(quality(90, 90)));
  EXPECT_GT(expected_cer_of_engines(quality(49, 49)), 0.3);
  OcrQuality half = quality(90, 90);
  half.coverage = 0.5;
  EXPECT_GT(expected_cer_of_engines(half), 0.45) << "what is not covered is not recognized";
}

TEST(Garbage, ToldByItsCharacters) {
  for (const char* word :
       {"iiiii", "~|.;", "bcdfghjkl", "aeiouaeiou", "heLlo", "a.;:b", "-~", "\xff\xfe\xfd"})
    EXPECT_TRUE(is_garbage(word)) << word;
  EXPECT_TRUE(is_garbage(std::string(41, 'a') + "b"));
  for (const char* word :
       {"", "-", "a", "house", "HOUSE", "McDonald", "été", "12:30", "10.000,00", "rhythm", "(see",
        "www.example.org", "1111111", "naïve", "B&B", "中文字符"})
    EXPECT_FALSE(is_garbage(word)) << word;
}

RC_GTEST_PROP(OcrQuality, StaysWithinItsBounds, ()) {
  OcrResult ocr_result;
  const auto count = *rc::gen::inRange(0, 8);
  for (int i = 0; i < count; ++i)
    ocr_result.words.push_back(
        {.text = *test::any_bytes(), .confidence = *rc::gen::inRange(0, 101)});
  const OcrQuality quality = ocr_quality(ocr_result, english());
  RC_ASSERT(quality.char_confidence >= 0 && quality.char_confidence <= 100);
  RC_ASSERT(quality.lexicon >= 0 && quality.lexicon <= 1);
  RC_ASSERT(quality.garbage >= 0 && quality.garbage <= 1);
  RC_ASSERT(quality.legible >= 0);
  RC_ASSERT(quality.short_words >= 0 && quality.short_words <= 1);
  RC_ASSERT(quality.signs >= 0 && quality.signs <= 1);
  for (const double cer : {expected_cer(quality), expected_cer_of_engines(quality)})
    RC_ASSERT(cer >= 0 && cer <= 1);
}

}  // namespace
}  // namespace ocrtune
