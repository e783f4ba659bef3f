#include "ocrtune/voting/vote.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "voting/ocr_results.h"

namespace ocrtune {

// For EXPECT_EQ and RC_ASSERT.
bool operator==(const Word& a, const Word& b) {
  return a.text == b.text && a.confidence == b.confidence && a.left == b.left && a.top == b.top &&
         a.right == b.right && a.bottom == b.bottom && a.block == b.block &&
         a.paragraph == b.paragraph && a.line == b.line && a.index == b.index;
}

namespace {

using test::any_ocr_result;
using test::ocr_result_of;
using test::ocr_result_of_a_page;
using test::texts_of;
using test::word_at;
using Texts = std::vector<std::string>;

/// The first is the backbone; all have the same weight.
VotedResult voted(const std::vector<std::vector<Word>>& ocr_results) {
  std::vector<Voice> voices;
  voices.reserve(ocr_results.size());
  for (const std::vector<Word>& words : ocr_results)
    voices.push_back({.ocr_result = ocr_result_of(words), .net_legible = 10});
  return vote(voices, 0);
}

TEST(Vote, AnOcrResultAloneIsWhatItIs) {
  const std::vector<Word> words{word_at(0, 1, "One"), word_at(5, 1, "|", 3), word_at(0, 2, "two")};
  EXPECT_EQ(voted({words}).ocr_result.words, ocr_result_of(words).words);
  EXPECT_EQ(voted({words}).changed, 0U);
}

TEST(Vote, TakesTheSurerTextOfAPlace) {
  const VotedResult result = voted({{word_at(0, 1, "Tbe", 50), word_at(5, 1, "cat", 95)},
                                    {word_at(0, 1, "The", 96), word_at(5, 1, "eat", 60)}});
  EXPECT_EQ(texts_of(result.ocr_result), (Texts{"The", "cat"}));
  EXPECT_EQ(result.changed, 1U);
  EXPECT_EQ(result.ocr_result.words[0].confidence, 96);
  EXPECT_EQ(result.ocr_result.words[0].alternatives, Texts{"Tbe"});
  EXPECT_EQ(result.ocr_result.words[1].alternatives, Texts{"eat"});
}

TEST(Vote, PiecesOfWordsStayWithoutSpaces) {
  std::vector<Word> unsure{word_at(0, 1, "中", 60), word_at(5, 1, "交", 50),
                           word_at(10, 1, "a", 90)};
  std::vector<Word> sure{word_at(0, 1, "中", 95), word_at(5, 1, "文", 95), word_at(10, 1, "a", 90)};
  unsure[1].space_before = sure[1].space_before = false;
  EXPECT_EQ(plain_text(voted({unsure, sure}).ocr_result), "中文 a\n");
}

TEST(Vote, OfTextsThatAreAlmostAsSureTheBackbonesIsKept) {
  const VotedResult result = voted({{word_at(0, 1, "Tbe", 90)}, {word_at(0, 1, "The", 91)}});
  EXPECT_EQ(texts_of(result.ocr_result), (Texts{"Tbe"}));
  EXPECT_EQ(result.changed, 0U);
}

TEST(Vote, WhatManyReadCountsMoreThanWhatOneIsSureOf) {
  EXPECT_EQ(texts_of(voted({{word_at(0, 1, "total", 85)},
                            {word_at(0, 1, "10181", 95)},
                            {word_at(0, 1, "total", 80)},
                            {word_at(0, 1, "total", 82)}})
                         .ocr_result),
            (Texts{"total"}));
}

TEST(Vote, WhatIsLikeTheOthersCountsMore) {
  EXPECT_EQ(texts_of(voted({{word_at(0, 1, "xxxxxxxx", 60)},
                            {word_at(0, 1, "thousamd", 60)},
                            {word_at(0, 1, "thousand", 60)},
                            {word_at(0, 1, "thcusand", 60)}})
                         .ocr_result),
            (Texts{"thousand"}));
}

TEST(Vote, AnOcrResultHasTheSayThatItHasOfTheBackbonesNetLegible) {
  std::vector<Voice> voices{
      {.ocr_result = ocr_result_of({word_at(0, 1, "Sure", 70)}), .net_legible = 10}};
  for (int i = 0; i < 3; ++i)
    voices.push_back({.ocr_result = ocr_result_of({word_at(0, 1, "Nope", 72)}), .net_legible = 10});
  EXPECT_EQ(texts_of(vote(voices, 0).ocr_result), (Texts{"Nope"}));
  for (int i = 1; i < 4; ++i) voices[static_cast<std::size_t>(i)].net_legible = 0.5;
  EXPECT_EQ(texts_of(vote(voices, 0).ocr_result), (Texts{"Sure"}));
}

TEST(Vote, OcrResultsThatAreMoreDoubtfulThanSureHaveNoSay) {
  std::vector<Voice> voices{
      {.ocr_result = ocr_result_of({word_at(0, 1, "Sure", 70)}), .net_legible = 1},
      {.ocr_result = ocr_result_of({word_at(0, 1, "Nope", 99)}), .net_legible = 0}};
  EXPECT_EQ(texts_of(vote(voices, 0).ocr_result), (Texts{"Sure"}));
  // A backbone that has none itself is kept.
  voices[0].net_legible = -1;
  voices[1].net_legible = -2;
  EXPECT_EQ(texts_of(vote(voices, 0).ocr_result), (Texts{"Sure"}));
}

TEST(Vote, WordsAreJoinedWhereTheOneReadAsOneIsSurer) {
  const VotedResult result =
      voted({{word_at(0, 1, "re", 40), word_at(3, 1, "ceipt", 50), word_at(12, 1, "of", 90)},
             {word_at(0, 1, "receipt", 95, 8), word_at(12, 1, "of", 90)}});
  EXPECT_EQ(texts_of(result.ocr_result), (Texts{"receipt", "of"}));
  EXPECT_EQ(result.ocr_result.words[0].right, 78);
  EXPECT_EQ(result.ocr_result.words[1].index, 2);
}

TEST(Vote, AWordIsSplitWhereTheTwoAreSurer) {
  const VotedResult result = voted({{word_at(0, 1, "ofthe", 40, 6), word_at(8, 1, "day", 90)},
                                    {word_at(0, 1, "of", 95), word_at(3, 1, "the", 94)}});
  EXPECT_EQ(texts_of(result.ocr_result), (Texts{"of", "the", "day"}));
  EXPECT_EQ(plain_text(result.ocr_result), "of the day\n");
}

TEST(Vote, WhereTheWinnerTellsWordsApartEachIsVotedOn) {
  // The second joins two words of the backbone, of which the third reads one better.
  const VotedResult result = voted({{word_at(0, 1, "grand", 90), word_at(6, 1, "tofal", 60)},
                                    {word_at(0, 1, "grandtofal", 30, 11)},
                                    {word_at(0, 1, "qrand", 50), word_at(6, 1, "total", 95)}});
  EXPECT_EQ(texts_of(result.ocr_result), (Texts{"grand", "total"}));
  EXPECT_EQ(result.changed, 1U);
}

TEST(Vote, DropsWhatOthersDontSee) {
  const std::vector<Word> others{word_at(0, 1, "Name", 95), word_at(12, 1, "here", 95)};
  std::vector<Word> first = others;
  first.insert(first.begin() + 1, word_at(7, 1, "|", 60));
  const VotedResult result = voted({first, others, others});
  EXPECT_EQ(texts_of(result.ocr_result), (Texts{"Name", "here"}));
  EXPECT_EQ(result.ocr_result.words[1].index, 2);
  EXPECT_EQ(result.changed, 1U);
  // A word it is sure of stays.
  first[1] = word_at(7, 1, "Rose", 92);
  EXPECT_EQ(texts_of(voted({first, others, others}).ocr_result), (Texts{"Name", "Rose", "here"}));
}

TEST(Vote, AddsWhatTheBackboneDoesntSee) {
  const VotedResult result =
      voted({{word_at(0, 1, "Name", 95), word_at(12, 1, "here", 95), word_at(0, 2, "end", 90)},
             {word_at(0, 1, "Name", 95), word_at(6, 1, "given", 93), word_at(12, 1, "here", 95)},
             {word_at(0, 1, "Name", 95), word_at(6, 1, "given", 83), word_at(18, 1, "ia", 30)}});
  EXPECT_EQ(plain_text(result.ocr_result), "Name given here\nend\n");
  EXPECT_EQ(result.ocr_result.words[1].confidence, 88);
  EXPECT_EQ(result.ocr_result.words[1].index, 2);
  EXPECT_EQ(result.ocr_result.words[2].index, 3);
  EXPECT_EQ(result.changed, 1U);
}

TEST(Vote, AddsLinesBelowTheLineAbove) {
  const VotedResult result =
      voted({{word_at(5, 2, "second", 95), word_at(5, 4, "fourth", 95)},
             {word_at(5, 1, "first", 95), word_at(12, 1, "line", 95), word_at(5, 3, "third", 95),
              word_at(12, 3, "line", 95), word_at(5, 5, "fifth", 95)}});
  EXPECT_EQ(plain_text(result.ocr_result), "first line\nsecond\nthird line\nfourth\nfifth\n");
  std::vector<int> lines;
  for (const Word& word : result.ocr_result.words) lines.push_back(word.line);
  EXPECT_EQ(lines, (std::vector<int>{1, 1, 2, 3, 3, 4, 5}));
}

TEST(Vote, AddsLinesToTheColumnTheyAreIn) {
  const auto column = [](int block, Word word) {
    word.block = block;
    return word;
  };
  const OcrResult left_lacks{
      .words = {column(1, word_at(0, 1, "one", 95)), column(1, word_at(0, 4, "four", 95)),
                column(2, word_at(50, 1, "five", 95)), column(2, word_at(50, 2, "six", 95))}};
  const OcrResult other{.words = {word_at(0, 2, "two2", 95), word_at(50, 4, "seven", 95)}};
  const VotedResult result = vote({{left_lacks, 10}, {other, 10}}, 0);
  EXPECT_EQ(plain_text(result.ocr_result), "one\ntwo2\nfour\n\nfive\nsix\nseven\n");
}

TEST(Vote, ConfidenceIsTheMeanOfThoseThatHaveTheText) {
  EXPECT_EQ(voted({{word_at(0, 1, "same", 90)}, {word_at(0, 1, "same", 81)}, {}})
                .ocr_result.words.at(0)
                .confidence,
            86);
}

TEST(Vote, WordsInNoOrderToTheBackboneStayAsTheyAre) {
  // One box over two lines of the backbone: which word it is can't be said.
  const std::vector<Word> lines{word_at(0, 1, "upper", 60), word_at(0, 2, "lower", 60)};
  Word both = word_at(0, 1, "bothlines", 99, 5);
  both.bottom = lines[1].bottom;
  const VotedResult result = voted({lines, {both}});
  EXPECT_EQ(result.ocr_result.words.size(), 2U);
  EXPECT_TRUE(std::ranges::any_of(texts_of(result.ocr_result),
                                  [](const std::string& text) { return text == "lower"; }));
}

TEST(Vote, TextThatRunsToTheLeftKeepsItsOrder) {
  const VotedResult result = voted({{word_at(20, 1, "one", 90), word_at(0, 1, "three", 90),
                                     word_at(20, 2, "four", 90), word_at(10, 2, "five", 90)},
                                    {word_at(20, 1, "one", 90), word_at(10, 1, "twotwo", 95)}});
  EXPECT_EQ(plain_text(result.ocr_result), "one twotwo three\nfour five\n");
}

TEST(Vote, PagesOfVeryManyWordsAreLeftAlone) {
  std::vector<Word> words;
  words.reserve(20'001);
  for (int i = 0; i < 20'001; ++i) words.push_back(word_at(5 * (i % 100), 1 + i / 100, "word", 20));
  const std::vector<Word> other{word_at(0, 1, "Word", 99)};
  EXPECT_EQ(voted({words, other}).changed, 0U);
  EXPECT_EQ(voted({other, words}).changed, 0U);
}

TEST(Vote, ManyWordsInOnePlaceTakeNoMoreThanSeconds) {
  const std::vector<Word> heap(6000, word_at(0, 1, "heap", 50));
  std::vector<Word> second = heap;
  for (Word& word : second) word.text = "pile";
  EXPECT_EQ(voted({heap, second, second}).ocr_result.words.size(), 6000U);
}

std::vector<Voice> voices_of(const std::vector<OcrResult>& ocr_results) {
  std::vector<Voice> voices;
  voices.reserve(ocr_results.size());
  for (const OcrResult& ocr_result : ocr_results)
    voices.push_back(
        {.ocr_result = ocr_result, .net_legible = static_cast<double>(*rc::gen::inRange(-5, 50))});
  // The backbone has the greatest weight.
  voices.front().net_legible = 50;
  return voices;
}

std::vector<OcrResult> some_ocr_results(const rc::Gen<OcrResult>& one) {
  return *rc::gen::resize(24, rc::gen::nonEmpty(rc::gen::container<std::vector<OcrResult>>(one)));
}

RC_GTEST_PROP(Vote, AlikeOcrResultsGiveTheSame, ()) {
  const OcrResult ocr_result = *ocr_result_of_a_page();
  const std::size_t copies = *rc::gen::inRange<std::size_t>(1, 5);
  const VotedResult result = vote(voices_of(std::vector<OcrResult>(copies, ocr_result)), 0);
  RC_ASSERT(result.ocr_result.words == ocr_result.words);
  RC_ASSERT(result.changed == 0U);
}

RC_GTEST_PROP(Vote, TheOrderOfTheOthersDoesntMatter, ()) {
  const bool hostile = *rc::gen::arbitrary<bool>();
  std::vector<Voice> voices =
      voices_of(some_ocr_results(hostile ? any_ocr_result() : ocr_result_of_a_page()));
  const VotedResult one = vote(voices, 0);
  std::reverse(voices.begin(), voices.end());
  const VotedResult other = vote(voices, voices.size() - 1);
  RC_ASSERT(one.ocr_result.words == other.ocr_result.words);
  RC_ASSERT(one.changed == other.changed);
}

RC_GTEST_PROP(Vote, AnyOcrResultsGiveWordsThatWereReadInLines, ()) {
  const bool hostile = *rc::gen::arbitrary<bool>();
  const std::vector<Voice> voices =
      voices_of(some_ocr_results(hostile ? any_ocr_result() : ocr_result_of_a_page()));
  std::set<std::tuple<std::string, int, int, int, int>> read;
  for (const Voice& voice : voices) {
    for (const Word& word : voice.ocr_result.words)
      read.emplace(word.text, word.left, word.top, word.right, word.bottom);
  }
  const OcrResult result = vote(voices, 0).ocr_result;
  int line = 0;
  int index = 0;
  for (const Word& word : result.words) {
    RC_ASSERT(read.contains({word.text, word.left, word.top, word.right, word.bottom}));
    RC_ASSERT(word.confidence >= 0 && word.confidence <= 100);
    index = word.line == line ? index + 1 : 1;
    RC_ASSERT(word.index == index);
    const bool goes_on = word.line == line || word.line == line + 1;
    RC_ASSERT(goes_on);
    line = word.line;
  }
}

RC_GTEST_PROP(Vote, WordsOfAPageAreInTheOrderOfTheirLines, ()) {
  const OcrResult result = vote(voices_of(some_ocr_results(ocr_result_of_a_page())), 0).ocr_result;
  for (std::size_t i = 1; i < result.words.size(); ++i) {
    const Word& before = result.words[i - 1];
    const Word& word = result.words[i];
    RC_ASSERT(before.top < word.top || (before.top == word.top && before.left < word.left));
    RC_ASSERT((before.line == word.line) == (before.top == word.top));
  }
}

}  // namespace
}  // namespace ocrtune
