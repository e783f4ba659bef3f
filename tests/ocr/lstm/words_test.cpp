#include "ocrtune/ocr/lstm/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace ocrtune::lstm {
namespace {

/// A decoded word of letters whose boundaries are given, in steps of 1 px.
DecodedWord word(const std::string& text, const std::vector<int>& boundaries, float certainty = 0) {
  DecodedWord decoded{.chars = {}, .text = text, .certainty = certainty};
  for (std::size_t i = 0; i + 1 < boundaries.size(); ++i)
    decoded.chars.push_back({.unichar = 5, .begin = boundaries[i], .end = boundaries[i + 1]});
  return decoded;
}

layout::PageLayout page() {
  return {.width = 1000, .height = 500, .units = {}, .needs_stock = false};
}

/// A unit whose crop begins at 100, with these marks.
layout::Unit unit(std::vector<layout::Box> blobs, std::vector<layout::Box> parts = {}) {
  layout::Box box = layout::Box::nothing();
  for (const layout::Box& blob : blobs) box = joined(box, blob);
  return {.block = 1,
          .paragraph = 1,
          .row = 0,
          .box = box,
          .crop = {.left = 100, .bottom = 196, .right = 308, .top = 234},
          .blobs = std::move(blobs),
          .parts = std::move(parts)};
}

layout::Box mark(int left, int right) {
  return {.left = left, .bottom = 200, .right = right, .top = 230};
}

TEST(Words, MarksAreSharedByMiddles) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  const layout::Unit one = unit({mark(104, 120), mark(124, 150), mark(200, 240), mark(250, 300)},
                                {mark(104, 150), mark(200, 300)});
  const std::vector<DecodedWord> decoded = {word("ab", {0, 22, 55}), word("cd", {95, 145, 208})};
  maker.add(one, decoded);
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].text, "ab");
  EXPECT_EQ(words[0].left, 104);
  EXPECT_EQ(words[0].right, 150);
  EXPECT_EQ(words[0].top, 500 - 230);
  EXPECT_EQ(words[0].bottom, 500 - 200);
  EXPECT_EQ(words[1].left, 200);
  EXPECT_EQ(words[1].right, 300);
}

/// The boxes of two words of a unit whose layout has one part for both: from 104 to 240.
std::vector<std::array<int, 2>> boxes_in_one_part(const std::vector<layout::Box>& blobs) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  maker.add(unit(blobs, {mark(104, 240)}),
            std::vector{word("ab", {0, 22, 60}), word("cd", {80, 110, 145})});
  std::vector<std::array<int, 2>> boxes;
  for (const Word& each : words) boxes.push_back({each.left, each.right});
  return boxes;
}

TEST(Words, APartOfTwoWordsIsDividedAtAWideGap) {
  using Boxes = std::vector<std::array<int, 2>>;
  // Half-way between the words' boundaries is 170.
  EXPECT_EQ(boxes_in_one_part({mark(104, 120), mark(124, 164), mark(184, 205), mark(209, 240)}),
            (Boxes{{104, 164}, {184, 240}}));
  // The gap is no wider than those within the words: the decoder's boundaries count.
  EXPECT_EQ(boxes_in_one_part({mark(104, 120), mark(140, 164), mark(184, 200), mark(220, 240)}),
            (Boxes{{104, 160}, {184, 240}}));
}

TEST(Words, SmallMarksBelongToTheWordsTheyAreAt) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  layout::Unit one = unit({mark(104, 120), mark(200, 240)}, {mark(104, 150), mark(200, 240)});
  one.small_marks = {{.left = 140, .bottom = 200, .right = 144, .top = 204}};
  maker.add(one, std::vector{word("a.", {0, 30, 55}), word("b", {95, 145})});
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].right, 144);
  EXPECT_EQ(words[1].left, 200);
}

TEST(Words, SpacesAreThoseOfTheDecoderWhereTheModelAsksForThem) {
  const layout::PageLayout layout = page();
  layout::Unit first = unit({mark(104, 120)});
  layout::Unit second = unit({mark(204, 220)});
  std::vector<DecodedWord> decoded = {word("a", {0, 22}), word("b", {22, 40}), word("c", {40, 60})};
  decoded[2].space_before = true;
  const auto spaces = [&](bool measured) {
    std::vector<Word> words;
    WordMaker maker(layout, measured, false, words);
    maker.add(first, decoded);
    maker.add(second, decoded);
    std::vector<bool> before;
    for (const Word& each : words) before.push_back(each.space_before);
    return before;
  };
  EXPECT_EQ(spaces(false), std::vector<bool>(6, true));
  EXPECT_EQ(spaces(true), (std::vector<bool>{true, false, true, true, false, true}));
}

TEST(Words, WithoutMarksTheDecodersBoxCounts) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  DecodedWord decoded = word("a", {10, 30});
  decoded.step = 2;
  maker.add(unit({}), std::vector{decoded});
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].left, 120);
  EXPECT_EQ(words[0].right, 160);
  EXPECT_EQ(words[0].top, 500 - 234);
  EXPECT_EQ(words[0].bottom, 500 - 196);
}

TEST(Words, ConfidenceIsClippedAndTruncated) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  for (const float certainty : {0.5F, 0.0F, -0.41F, -10.01F, -30.0F})
    maker.add(unit({mark(104, 120)}), std::vector{word("a", {0, 20}, certainty)});
  std::vector<int> confidences;
  confidences.reserve(words.size());
  for (const Word& w : words) confidences.push_back(w.confidence);
  EXPECT_EQ(confidences, (std::vector{100, 100, 97, 49, 0}));
}

TEST(Words, SpacesAloneAreNoWords) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  DecodedWord space = word(" ", {0, 4});
  space.chars[0].unichar = 0;
  maker.add(unit({mark(110, 130)}), std::vector{space, word("a", {6, 40})});
  maker.add(unit({mark(110, 130)}), {});
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].text, "a");
  EXPECT_EQ(words[0].index, 1);
}

TEST(Words, PicturesAreSpaces) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  maker.add_picture(unit({mark(104, 120), mark(130, 140)}));
  maker.add_picture(unit({}));
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].text, "  ");
  EXPECT_EQ(words[0].confidence, 95);
  EXPECT_EQ(words[0].right, 140);
}

TEST(Words, NumbersAsInTsv) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  const auto add = [&](int block, int paragraph, int row) {
    layout::Unit u = unit({mark(104, 120)});
    u.block = block;
    u.paragraph = paragraph;
    u.row = row;
    maker.add(u, std::vector{word("a", {0, 20})});
  };
  add(3, 5, 7);
  add(3, 5, 7);
  add(3, 5, 8);
  add(3, 6, 9);
  add(4, 7, 12);
  std::vector<std::array<int, 4>> numbers;
  numbers.reserve(words.size());
  for (const Word& w : words) numbers.push_back({w.block, w.paragraph, w.line, w.index});
  const std::vector<std::array<int, 4>> expected = {
      {1, 1, 1, 1}, {1, 1, 1, 2}, {1, 1, 2, 1}, {1, 2, 1, 1}, {2, 1, 1, 1}};
  EXPECT_EQ(numbers, expected);
}

TEST(Words, OneLineKeepsTheBestRow) {
  const layout::PageLayout layout = page();
  std::vector<Word> words;
  WordMaker maker(layout, false, false, words);
  for (const auto& [row, certainty] : {std::pair{0, -4.0F}, {1, -1.0F}, {1, -2.0F}, {2, -1.6F}}) {
    layout::Unit u = unit({mark(104, 120)});
    u.row = row;
    maker.add(u, std::vector{word(std::to_string(row), {0, 20}, certainty)});
  }
  maker.keep_best_row();
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].text, "1");
  EXPECT_EQ(words[1].text, "1");
}

}  // namespace
}  // namespace ocrtune::lstm
