#include "ocrtune/training/line_alignment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "ocrtune/base/random.h"
#include "ocrtune/base/text.h"
#include "support/text_gen.h"

namespace ocrtune::training {
namespace {

/// A word that hardly another one is like.
std::string random_word(Random& random) {
  std::string word;
  for (int i = random.integer(2, 9); i > 0; --i)
    word += static_cast<char>(random.integer('a', 'z'));
  return word;
}

std::vector<std::string> random_lines(Random& random, int count) {
  std::vector<std::string> lines;
  for (int line = 0; line < count; ++line) {
    std::vector<std::string> words;
    for (int i = random.integer(4, 9); i > 0; --i) words.push_back(random_word(random));
    lines.push_back(joined(words, " "));
  }
  return lines;
}

/// As an engine reads it: of the letters a share is wrong.
std::string misread(std::string line, double share, Random& random) {
  for (char& c : line) {
    if (c != ' ' && random.chance(share)) c = static_cast<char>(random.integer('A', 'Z'));
  }
  return line;
}

std::map<std::size_t, std::string> by_line(const std::vector<AlignedLine>& aligned) {
  std::map<std::size_t, std::string> texts;
  for (const AlignedLine& line : aligned) texts[line.ocr_line] = line.text;
  return texts;
}

TEST(LineAlignment, OfATextWithItselfIsComplete) {
  Random random(1);
  const std::vector<std::string> lines = random_lines(random, 30);
  for (const char* separator : {"\n", "\r\n", "\r", "\n\n", " \n"}) {
    const auto aligned = align_lines(lines, joined(lines, separator));
    ASSERT_EQ(aligned.size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      EXPECT_EQ(aligned[i].ocr_line, i);
      EXPECT_EQ(aligned[i].text, lines[i]);
    }
  }
}

TEST(LineAlignment, NeedsNoLineBreaks) {
  Random random(2);
  const std::vector<std::string> lines = random_lines(random, 30);
  const auto aligned = align_lines(lines, joined(lines, " "));
  ASSERT_EQ(aligned.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(aligned[i].text, lines[i]);
}

TEST(LineAlignment, NeedsNoCommonOrder) {
  Random random(3);
  std::vector<std::string> lines = random_lines(random, 30);
  std::vector<std::string> columns(lines.begin() + 15, lines.end());
  columns.insert(columns.end(), lines.begin(), lines.begin() + 15);
  for (const char* separator : {"\n", " "}) {
    const auto aligned = align_lines(lines, joined(columns, separator));
    ASSERT_EQ(aligned.size(), lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(aligned[i].text, lines[i]);
  }
}

TEST(LineAlignment, LinesSideBySideAreOne) {
  const std::vector<std::string> lines{"first of the lines and second of them"};
  const auto aligned = align_lines(lines, "first of the lines\nand second of them\nthird one");
  ASSERT_EQ(aligned.size(), 1U);
  EXPECT_EQ(aligned[0].text, "first of the lines and second of them");
}

TEST(LineAlignment, WhatMayBeAnyOfSeveralIsSureBesideOthers) {
  const std::vector<std::string> lines{"some words before it", "12", "other words behind it"};
  const auto aligned =
      align_lines(lines, "12\nsome words before it\n12\nother words behind it\n12");
  EXPECT_EQ(by_line(aligned),
            (std::map<std::size_t, std::string>{
                {0, "some words before it"}, {1, "12"}, {2, "other words behind it"}}));
}

TEST(LineAlignment, WhatIsNotClearIsLeftOut) {
  // Like two lines; like none; a word is missing at its end that a picture may have; half a word.
  EXPECT_TRUE(align_lines(std::vector<std::string>{"the very same"}, "the very same\nthe very same")
                  .empty());
  EXPECT_TRUE(align_lines(std::vector<std::string>{"something else"}, "the very same").empty());
  EXPECT_TRUE(
      align_lines(std::vector<std::string>{"and this is a"}, "and this is a .\nfollowing").empty());
  EXPECT_TRUE(align_lines(std::vector<std::string>{"in dieser Zei-"}, "in dieser Zeitung steht es")
                  .empty());
  // More at its end than the ground truth has.
  EXPECT_TRUE(align_lines(std::vector<std::string>{"and this is a line remark"},
                          "and this is a line\nfollowing")
                  .empty());
}

TEST(LineAlignment, OfNothing) {
  EXPECT_TRUE(align_lines({}, "text").empty());
  EXPECT_TRUE(align_lines(std::vector<std::string>{"text of a line", "", " "}, "").empty());
  EXPECT_TRUE(align_lines(std::vector<std::string>{"", "\xFF\xFE"}, " \r\n\xFF").empty());
}

TEST(LineAlignment, TextsAreNormalized) {
  const std::vector<std::string> lines{"caf\u00e9 au  lait\t1825"};
  const auto aligned = align_lines(lines, "  cafe\u0301 au lait\u00a01825 \n");
  ASSERT_EQ(aligned.size(), 1U);
  EXPECT_EQ(aligned[0].text, "caf\u00e9 au lait 1825");
}

TEST(LineAlignment, HostileSizesEndSoon) {
  const std::vector<std::string> many(20'000, "a b c d");
  EXPECT_TRUE(align_lines(many, "a b c d").empty());
  const std::vector<std::string> longer{std::string(1'000'000, 'a')};
  EXPECT_TRUE(align_lines(longer, std::string(1'000'000, 'a')).empty());
  const std::vector<std::string> same(2'000, "a a a a a a");
  std::string truth;
  for (const std::string& line : same) truth += line + "\n";
  EXPECT_TRUE(align_lines(same, truth).empty());
}

RC_GTEST_PROP(LineAlignment, WhatIsSureIsRight, (std::uint64_t seed)) {
  Random random(seed);
  const std::vector<std::string> lines = random_lines(random, 20);
  std::vector<std::string> read;
  read.reserve(lines.size());
  for (const std::string& line : lines) read.push_back(misread(line, 0.1, random));
  const bool has_lines = *rc::gen::arbitrary<bool>();
  const auto aligned = align_lines(read, joined(lines, has_lines ? "\n" : " "));
  RC_ASSERT(std::ranges::is_sorted(aligned, {}, &AlignedLine::ocr_line));
  RC_ASSERT(aligned.size() >= (has_lines ? 18U : 10U));
  for (const AlignedLine& line : aligned) RC_ASSERT(line.text == lines[line.ocr_line]);
}

RC_GTEST_PROP(LineAlignment, TakesAnything, ()) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(test::utf8_text());
  const std::string truth = *test::utf8_text();
  const std::string whole = utf8(normalized_code_points(truth));
  for (const AlignedLine& line : align_lines(lines, truth)) {
    RC_ASSERT(line.ocr_line < lines.size());
    RC_ASSERT(!line.text.empty());
    RC_ASSERT(whole.find(line.text) != std::string::npos);
  }
}

}  // namespace
}  // namespace ocrtune::training
