#include "ocrtune/voting/character_vote.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

constexpr int kCharacter = 10;
constexpr int kLine = 30;

/// A line of text in letters of 10 px, line by line 30 px lower; a word's confidence in percent.
void add_line(OcrResult& result, int number, const std::string& text, int confidence) {
  int left = 20;
  int index = 0;
  for (const std::string& part : split(text, ' ')) {
    const int width = kCharacter * static_cast<int>(code_points(part).size());
    if (width > 0)
      result.words.push_back({.text = part,
                              .confidence = confidence,
                              .left = left,
                              .top = kLine * number,
                              .right = left + width,
                              .bottom = kLine * number + 20,
                              .block = 1,
                              .paragraph = 1,
                              .line = number,
                              .index = ++index});
    left += width + kCharacter;
  }
}

OcrResult result_of(const std::vector<std::string>& lines, int confidence) {
  OcrResult result{.words = {}, .width = 1000, .height = 1000};
  int number = 0;
  for (const std::string& line : lines) add_line(result, ++number, line, confidence);
  return result;
}

OcrResult voted(const OcrResult& external, const OcrResult& tesseract) {
  return vote_by_characters({{.ocr_result = external, .trust = kCharacterTrust},
                             {.ocr_result = tesseract, .trust = kWordTrust}})
      .ocr_result;
}

std::string voted_text(const OcrResult& external, const OcrResult& tesseract) {
  return plain_text(voted(external, tesseract));
}

TEST(VoteByCharacters, KeepsWhatAllHave) {
  const OcrResult page = result_of({"Dear Sir,", "12.50 EUR"}, 90);
  const OcrResult both = voted(page, page);
  EXPECT_EQ(plain_text(both), "Dear Sir,\n12.50 EUR\n");
  ASSERT_EQ(both.words.size(), page.words.size());
  for (std::size_t i = 0; i < page.words.size(); ++i) {
    EXPECT_EQ(both.words[i].left, page.words[i].left);
    EXPECT_EQ(both.words[i].bottom, page.words[i].bottom);
    EXPECT_GT(both.words[i].confidence, 80);
    EXPECT_TRUE(both.words[i].alternatives.empty());
    EXPECT_EQ(both.words[i].line, page.words[i].line);
    EXPECT_EQ(both.words[i].index, page.words[i].index);
  }
}

TEST(VoteByCharacters, HasNoSpacesBetweenPiecesOfWords) {
  OcrResult pieces = result_of({"中 文 abc"}, 90);
  pieces.words[1].space_before = false;
  EXPECT_EQ(voted_text(pieces, pieces), "中文 abc\n");
  OcrResult without_places = pieces;
  for (Word& word : without_places.words) word.left = word.top = word.right = word.bottom = 0;
  EXPECT_EQ(voted_text(without_places, pieces), "中文 abc\n");
}

TEST(VoteByCharacters, KeepsTheMoreCertainCharacters) {
  EXPECT_EQ(voted_text(result_of({"Tota1"}, 60), result_of({"Total"}, 95)), "Total\n");
  EXPECT_EQ(voted_text(result_of({"Total"}, 97), result_of({"T0ta1"}, 50)), "Total\n");
}

TEST(VoteByCharacters, OnlyTheDoubtfulCharacterOfAWordIsOutvoted) {
  OcrResult tesseract = result_of({"Tota1"}, 30);
  for (const char character : tesseract.words[0].text)
    tesseract.words[0].characters.push_back(
        {.text = std::string(1, character), .probability = character == '1' ? 0.3 : 0.99});
  const OcrResult other = result_of({"T0tal"}, 90);
  EXPECT_EQ(plain_text(vote_by_characters({{.ocr_result = other, .trust = kCharacterTrust},
                                           {.ocr_result = tesseract, .trust = kTesseractTrust}})
                           .ocr_result),
            "Total\n");
  EXPECT_EQ(voted_text(other, result_of({"Tota1"}, 30)), "T0tal\n") << "by words";
}

TEST(VoteByCharacters, WhatAnEngineConsideredCountsForAWordOfTheLexicon) {
  OcrResult external = result_of({"verbo"}, 90);
  for (const char* const letter : {"v", "e", "r", "b"})
    external.words[0].characters.push_back(
        {.text = letter, .probability = 0.95, .alternatives = {}});
  external.words[0].characters.push_back(
      {.text = "o", .probability = 0.6, .alternatives = {{.text = "e", .probability = 0.35}}});
  const OcrResult nothing = result_of({"", "other"}, 90);
  const auto voted_with = [&](const IsWord& is_word) {
    return plain_text(vote_by_characters({{.ocr_result = external, .trust = kCharacterTrust},
                                          {.ocr_result = nothing, .trust = kTesseractTrust}},
                                         is_word)
                          .ocr_result);
  };
  EXPECT_EQ(voted_with({}), "verbo\nother\n");
  EXPECT_EQ(voted_with([](std::string_view word) { return word == "verbe"; }), "verbe\nother\n");
}

TEST(VoteByCharacters, WhatAnEngineListsTwiceCountsOnce) {
  OcrResult external = result_of({"a"}, 90);
  external.words[0].characters = {{.text = "a",
                                   .probability = 0.9,
                                   .alternatives = {{.text = "a", .probability = 0.9},
                                                    {.text = "b", .probability = 0.3},
                                                    {.text = "b", .probability = 0.3},
                                                    {.text = "c", .probability = 7}}}};
  const OcrResult both = voted(external, result_of({"", "other"}, 90));
  EXPECT_LE(both.words.at(0).confidence, 100);
  EXPECT_EQ(both.words.at(0).right, 30) << "the engine's box";
}

TEST(VoteByCharacters, AnOtherCharacterLowersTheConfidence) {
  const OcrResult differing = voted(result_of({"abcd"}, 100), result_of({"abcx"}, 60));
  EXPECT_EQ(differing.words.at(0).text, "abcd");
  EXPECT_LT(differing.words.at(0).confidence,
            voted(result_of({"abcd"}, 100), result_of({"abcd"}, 60)).words.at(0).confidence);
}

std::vector<std::string> alternatives_of(const OcrResult& external, const OcrResult& tesseract) {
  return voted(external, tesseract).words.at(0).alternatives;
}

TEST(VoteByCharacters, WhatOthersHaveInAWordsPlaceIsAnAlternative) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(alternatives_of(result_of({"Total"}, 97), result_of({"T0ta1"}, 50)), Texts{"T0ta1"});
  EXPECT_EQ(alternatives_of(result_of({"Total"}, 97), result_of({"Tota"}, 50)), Texts{"Tota"});
  EXPECT_EQ(alternatives_of(result_of({"Total 7"}, 97), result_of({"Total 1"}, 50)), Texts{});
  const OcrResult three =
      vote_by_characters({{.ocr_result = result_of({"house"}, 99), .trust = kCharacterTrust},
                          {.ocr_result = result_of({"hause"}, 30), .trust = kTesseractTrust},
                          {.ocr_result = result_of({"h0use"}, 30), .trust = kWordTrust},
                          {.ocr_result = result_of({"h0use"}, 30), .trust = kWordTrust}})
          .ocr_result;
  EXPECT_EQ(three.words.at(0).text, "house");
  EXPECT_EQ(three.words.at(0).alternatives, (Texts{"h0use", "hause"}))
      << "first what most engines have";
}

TEST(VoteByCharacters, WhatIsElsewhereIsNoAlternative) {
  using Texts = std::vector<std::string>;
  OcrResult hello = result_of({"hello"}, 20);
  EXPECT_EQ(alternatives_of(result_of({"naive house"}, 99), hello), Texts{});
  EXPECT_EQ(alternatives_of(result_of({"house"}, 99), result_of({"house and a line more"}, 20)),
            Texts{});
}

TEST(VoteByCharacters, SaysWhetherThereWasAnythingToCombine) {
  const auto is_combined = [](const OcrResult& one, const OcrResult& other) {
    return vote_by_characters({{.ocr_result = one, .trust = kCharacterTrust},
                               {.ocr_result = other, .trust = kWordTrust}})
        .is_combined;
  };
  const OcrResult house = result_of({"house"}, 90);
  const OcrResult hebrew = result_of({"\u05e9\u05dc\u05d5\u05dd"}, 90);
  EXPECT_TRUE(is_combined(house, house));
  EXPECT_TRUE(is_combined({}, {}));
  EXPECT_FALSE(is_combined(house, {}));
  EXPECT_FALSE(is_combined(hebrew, hebrew));
}

TEST(VoteByCharacters, TakesSpacesFromTheEngineThatSeesThem) {
  OcrResult joined_up = result_of({"JALAN MAHAGONI"}, 90);
  joined_up.words = {joined_up.words[0]};
  joined_up.words[0].text = "JALANMAHAGONI";
  joined_up.words[0].right = 20 + 14 * kCharacter;
  EXPECT_EQ(voted_text(joined_up, result_of({"JALAN MAHAGQNI"}, 80)), "JALAN MAHAGONI\n");
}

TEST(VoteByCharacters, KeepsDiacriticsThatAnEngineLacks) {
  EXPECT_EQ(voted_text(result_of({"recu"}, 85), result_of({"reçu"}, 85)), "reçu\n");
}

TEST(VoteByCharacters, ALineThatOneEngineLacksIsPutWhereItIs) {
  OcrResult tesseract = result_of({"one", "two", "three"}, 96);
  OcrResult external = tesseract;
  external.words.erase(external.words.begin() + 1);
  EXPECT_EQ(voted_text(external, tesseract), "one\ntwo\nthree\n");
  EXPECT_EQ(voted_text(tesseract, external), "one\ntwo\nthree\n");
}

TEST(VoteByCharacters, DoubtfulTextOfOneEngineIsLeftOut) {
  OcrResult tesseract = result_of({"one", "~|", "three"}, 96);
  tesseract.words[1].confidence = 20;
  EXPECT_EQ(voted_text(result_of({"one", "", "three"}, 95), tesseract), "one\nthree\n");
}

TEST(VoteByCharacters, UsesTheProbabilitiesOfCharacters) {
  OcrResult external = result_of({"ab"}, 90);
  external.words[0].characters = {{.text = "a", .probability = 0.99, .alternatives = {}},
                                  {.text = "b", .probability = 0.2, .alternatives = {}}};
  EXPECT_EQ(voted_text(external, result_of({"cd"}, 60)), "ad\n");
}

TEST(VoteByCharacters, ResultsWithoutPositionsVoteByTheirText) {
  const OcrResult placed = result_of({"tcxt of", "a line"}, 60);
  OcrResult unplaced = result_of({"text of", "a line"}, 99);
  for (Word& word : unplaced.words) word.left = word.top = word.right = word.bottom = 0;
  EXPECT_EQ(voted_text(placed, unplaced), "text of\na line\n");
  EXPECT_EQ(voted_text(unplaced, placed), "text of\na line\n");
}

TEST(VoteByCharacters, NoiseDoesNotPlaceText) {
  OcrResult unplaced = result_of({"some text"}, 90);
  for (Word& word : unplaced.words) word.left = word.top = word.right = word.bottom = 0;
  EXPECT_EQ(voted_text(unplaced, result_of({"~ ot"}, 40)), "some text\n");
}

TEST(VoteByCharacters, TextWithoutConfidencesCountsAsIfItHadSome) {
  OcrResult unplaced = result_of({"text"}, 0);
  for (Word& word : unplaced.words) word.left = word.top = word.right = word.bottom = 0;
  EXPECT_EQ(voted_text(result_of({"tcxt"}, 50), unplaced), "text\n");
  EXPECT_EQ(voted_text(result_of({"tcxt"}, 95), unplaced), "tcxt\n");
}

TEST(VoteByCharacters, LinesWithoutAPositionAreAddedIfTheyHaveEvidence) {
  const OcrResult placed = result_of({"12"}, 99);
  OcrResult unplaced;
  unplaced.words.push_back({.text = "other", .confidence = 99});
  EXPECT_EQ(voted_text(unplaced, placed), "other\n12\n");
  unplaced.words[0].confidence = 10;
  EXPECT_EQ(voted_text(unplaced, placed), "12\n");
  EXPECT_EQ(voted_text(unplaced, unplaced), "other\n");
}

TEST(VoteByCharacters, AnEngineThatFoundNothingLeavesTheTextOfTheOthers) {
  EXPECT_EQ(voted_text({}, result_of({"text"}, 80)), "text\n");
  EXPECT_EQ(voted_text(result_of({"text"}, 80), {}), "text\n");
  EXPECT_EQ(voted_text({}, {}), "");
}

TEST(VoteByCharacters, LeavesRightToLeftScriptsAsTheyAre) {
  EXPECT_EQ(voted_text(result_of({"שלום"}, 30), result_of({"שלוס"}, 99)), "שלום\n");
}

RC_GTEST_PROP(VoteByCharacters, IsTheResultItselfIfAllAreTheSame, ()) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("aeZ 19.,")))));
  const OcrResult page = result_of(lines, 80);
  RC_PRE(!page.words.empty());
  RC_ASSERT(voted_text(page, page) == plain_text(page));
}

RC_GTEST_PROP(VoteByCharacters, KeepsWordsInsideThePageWhateverIsRecognized, ()) {
  const auto any = [] {
    OcrResult result{.words = {}, .width = 300, .height = 300};
    for (int count = *rc::gen::inRange(1, 30); count > 0; --count) {
      Word word{.text = *rc::gen::nonEmpty(
                    rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1. ")))),
                .confidence = *rc::gen::inRange(0, 101),
                .left = *rc::gen::inRange(0, 300),
                .top = *rc::gen::inRange(0, 300)};
      word.right = *rc::gen::inRange(word.left, 301);
      word.bottom = *rc::gen::inRange(word.top, 301);
      word.block = *rc::gen::inRange(1, 3);
      word.paragraph = 1;
      word.line = *rc::gen::inRange(1, 5);
      result.words.push_back(word);
    }
    return result;
  };
  for (const Word& word : voted(any(), any()).words) {
    RC_ASSERT(!word.text.empty());
    RC_ASSERT(word.left >= 0 && word.left <= word.right && word.right <= 300);
    RC_ASSERT(word.top >= 0 && word.top <= word.bottom && word.bottom <= 300);
    RC_ASSERT(word.confidence >= 0 && word.confidence <= 100);
    RC_ASSERT(word.alternatives.size() <= 3U);
    RC_ASSERT(std::ranges::find(word.alternatives, word.text) == word.alternatives.end());
  }
}

}  // namespace
}  // namespace ocrtune
