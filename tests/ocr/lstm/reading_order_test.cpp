#include "ocrtune/ocr/lstm/reading_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <numeric>

#include "ocrtune/base/text.h"

namespace ocrtune::lstm {
namespace {

int direction_of(char c) {
  if (c >= 'A' && c <= 'Z') return U_RIGHT_TO_LEFT;
  if (c >= 'a' && c <= 'z') return U_LEFT_TO_RIGHT;
  if (c >= '0' && c <= '9') return U_EUROPEAN_NUMBER;
  if (c == '.' || c == ',') return U_COMMON_NUMBER_SEPARATOR;
  return c == '%' ? U_EUROPEAN_NUMBER_TERMINATOR : U_OTHER_NEUTRAL;
}

/// A line as it stands on the page; upper-case letters stand for those from right to left.
std::vector<DirectedWord> line_of(const std::string& text) {
  std::vector<DirectedWord> line(1);
  for (const char c : text) {
    if (c == ' ') {
      line.emplace_back();
      continue;
    }
    line.back().push_back({.text = {c}, .direction = direction_of(c)});
  }
  return line;
}

/// Lines in reading order, with > and < for the marks of direction.
std::string read(const std::vector<std::string>& texts) {
  std::vector<std::vector<DirectedWord>> lines;
  for (const std::string& text : texts) lines.push_back(line_of(text));
  const auto ordered = reading_order(lines);
  if (!ordered) return "depends";
  std::string all;
  for (const auto& line : *ordered) {
    for (const OrderedWord& word : line) {
      for (const char32_t c : code_points(word.text))
        all += c == U'\u200E' ? ">" : c == U'\u200F' ? "<" : utf8({&c, 1});
      all += " ";
    }
    all += "/ ";
  }
  return all;
}

TEST(ReadingOrder, WordsAndLettersRunFromTheRight) {
  EXPECT_EQ(read({"MAHS OLAHS"}), "SHALO SHAM / ");
  EXPECT_EQ(read({"abc def"}), "abc def / ");
}

TEST(ReadingOrder, NumbersRunFromTheLeft) {
  EXPECT_EQ(read({"DC 1,234.5 BA"}), "AB 1,234.5 CD / ");
  EXPECT_EQ(read({"DC%20BA"}), "AB%20CD / ");
  EXPECT_EQ(read({"DC(7)BA"}), "AB)7(CD / ");
}

TEST(ReadingOrder, RunsInTheOtherDirectionAreMarked) {
  EXPECT_EQ(read({"DC two words BA"}), "AB >two words< CD / ");
  // At the right end neutral words belong to the run from left to right.
  EXPECT_EQ(read({"DC BA two ..."}), ">two ...< AB CD / ");
}

TEST(ReadingOrder, WordsOfBothDirectionsAreMarked) { EXPECT_EQ(read({"DC abBA"}), "ABab< CD / "); }

TEST(ReadingOrder, LinesOfBothDirectionsDependOnParagraphs) {
  EXPECT_EQ(read({"DC BA", "abc def"}), "depends");
  EXPECT_EQ(read({"DC BA", "1 2"}), "depends");
  EXPECT_EQ(read({"DC BA", "12"}), "AB CD / 12 / ");
}

RC_GTEST_PROP(ReadingOrder, LosesNothing, ()) {
  const auto letters = rc::gen::elementOf(std::string("ab AB12.,%( "));
  std::string text = "A " + *rc::gen::container<std::string>(letters);
  std::erase_if(text,
                [last = 'A'](char c) mutable { return std::exchange(last, c) == ' ' && c == ' '; });
  while (text.ends_with(' ')) text.pop_back();
  const std::vector<std::vector<DirectedWord>> lines = {line_of(text)};
  const auto ordered = reading_order(lines);
  RC_ASSERT(ordered.has_value());
  std::vector<std::size_t> indices;
  for (const OrderedWord& word : ordered->front()) {
    indices.push_back(word.index);
    std::vector<int> characters = word.characters;
    std::ranges::sort(characters);
    std::vector<int> all(lines[0][word.index].size());
    std::iota(all.begin(), all.end(), 0);
    RC_ASSERT(characters == all);
  }
  std::ranges::sort(indices);
  std::vector<std::size_t> all(lines[0].size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  RC_ASSERT(indices == all);
}

}  // namespace
}  // namespace ocrtune::lstm
