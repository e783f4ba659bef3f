#include "ocrtune/ocr/tessdata/unicharset.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/model_files.h"

namespace ocrtune::tessdata {
namespace {

using test::contains;

constexpr const char* kRanges = "0,255,0,255";
constexpr const char* kStatistics = "0,255,0,255,1.5,0,0.25,0,2e1,0";

Unicharset parse(const std::string& text) {
  return Unicharset::parse(test::model_bytes_of(text), "characters");
}

/// A unicharset of these lines behind the space.
Unicharset of_lines(const std::vector<std::string>& lines) {
  std::string text = std::to_string(lines.size() + 1) + "\nNULL 0 Common 0\n";
  for (const std::string& line : lines) text += line + "\n";
  return parse(text);
}

std::string unicharset_refusal(const std::string& text) {
  return test::error_of(Errc::dependency_missing, [&] { parse(text); });
}

TEST(Unicharset, ReadsTheNewestFormat) {
  const Unicharset set =
      of_lines({std::string("A 5 ") + kStatistics + " Latin 2 0 1 A\t# A [41 ]A",
                std::string("a 3 ") + kStatistics + " Latin 1 0 2 a\t# a [61 ]a",
                std::string("( 10 ") + kStatistics + " Common 3 10 4 (\t# ( [28 ]p",
                std::string(") 10 ") + kStatistics + " Common 4 10 3 )\t# ) [29 ]p",
                std::string("7 8 ") + kStatistics + " Common 5 2 5 7\t# 7 [37 ]0"});
  EXPECT_TRUE(set[1].alpha && set[1].upper && !set[1].lower && !set[1].digit);
  EXPECT_TRUE(set[2].alpha && set[2].lower && !set[2].upper && !set[2].punctuation);
  EXPECT_TRUE(set[3].punctuation && !set[3].alpha);
  EXPECT_TRUE(set[5].digit && !set[5].alpha);
  EXPECT_EQ(set[1].other_case, 2);
  EXPECT_EQ(set[3].mirror, 4);
  EXPECT_EQ(set[5].direction, 2);
  EXPECT_EQ(set.scripts(), (std::vector<std::string>{"NULL", "Common", "Latin"}));
  EXPECT_EQ(set[1].script, 2);
  EXPECT_EQ(set.script_id("Latin"), 2);
  EXPECT_EQ(set.script_id("Han"), 0);
}

TEST(Unicharset, ReadsAllOlderFormats) {
  const Unicharset set =
      of_lines({"a 3", "b 3 Latin", "c 3 Latin 2", std::string("d 3 ") + kRanges + " Latin 3",
                std::string("e 3 ") + kRanges + " Latin 3 10 2",
                std::string("f 3 ") + kStatistics + " Latin 3 10 2"});
  for (int id = 1; id < set.size(); ++id) {
    EXPECT_EQ(set[id].text, std::string(1, static_cast<char>('`' + id)));
    EXPECT_TRUE(set[id].lower);
    EXPECT_EQ(set.scripts()[static_cast<std::size_t>(set[id].script)], id == 1 ? "NULL" : "Latin");
    EXPECT_EQ(set[id].other_case, id == 1 || id == 2 ? id : id == 3 ? 2 : 3);
    EXPECT_EQ(set[id].mirror, id < 5 ? id : 2);
    EXPECT_EQ(set[id].direction, id < 5 ? 0 : 10);
    EXPECT_EQ(set[id].normed, set[id].text);
  }
}

TEST(Unicharset, SpaceIsWrittenAsNull) {
  const Unicharset set = parse("1\nNULL 0 Common 0\n");
  EXPECT_EQ(set[0].text, " ");
  EXPECT_EQ(set[0].cleaned, " ");
  EXPECT_EQ(set[0].normed, " ");
  EXPECT_EQ(set[0].normed_ids, std::vector<int>{0});
  EXPECT_EQ(set.id_of(" "), 0);
}

TEST(Unicharset, IdsOutsideAreTheCharactersOwn) {
  const Unicharset set = of_lines({std::string("a 3 ") + kStatistics + " Latin 9 0 -4 a"});
  EXPECT_EQ(set[1].other_case, 1);
  EXPECT_EQ(set[1].mirror, 1);
}

TEST(Unicharset, PrivateLigaturesAreWrittenAsLetters) {
  const Unicharset set = of_lines({"\ue003 3 Latin 1", "\ue006 3 Latin 2", "\ue001 3 Latin 3"});
  EXPECT_EQ(set[1].cleaned, "ct");
  EXPECT_EQ(set[2].cleaned, "\u017fh");
  EXPECT_EQ(set[3].cleaned, "\ue001");
  EXPECT_EQ(set[1].text, "\ue003");
}

TEST(Unicharset, NormedTextsAreMadeOfCharacters) {
  const Unicharset set = of_lines({std::string("- 10 ") + kStatistics + " Common 1 0 1 -",
                                   std::string("\u2014 10 ") + kStatistics + " Common 2 0 2 -",
                                   std::string("\ufb03 3 ") + kStatistics + " Latin 3 0 3 ffi",
                                   std::string("f 3 ") + kStatistics + " Latin 4 0 4 f",
                                   std::string("i 3 ") + kStatistics + " Latin 5 0 5 i",
                                   std::string("x 3 ") + kStatistics + " Latin 6 0 6 xy"});
  EXPECT_EQ(set[2].normed_ids, std::vector<int>{1});
  EXPECT_EQ(set[3].normed_ids, (std::vector<int>{4, 4, 5}));
  EXPECT_EQ(set[6].normed, "xy");
  EXPECT_EQ(set[6].normed_ids, std::vector<int>{6});
}

TEST(Unicharset, EncodesWithTheShortestCharacters) {
  const Unicharset set = of_lines({"a 3", "ab 3", "bc 3", "\u00e9 3"});
  EXPECT_EQ(set.encode("abc"), (std::vector<int>{1, 3}));
  EXPECT_EQ(set.encode("aab\u00e9"), (std::vector<int>{1, 2, 4}));
  EXPECT_TRUE(set.encode("abcx").empty());
  EXPECT_TRUE(set.encode("").empty());
}

TEST(Unicharset, EncodingDoesNotTryPlacesTwice) {
  std::vector<std::string> lines;
  for (std::size_t i = 1; i <= 30; ++i) lines.push_back(std::string(i, 'a') + " 3");
  EXPECT_TRUE(of_lines(lines).encode(std::string(200, 'a') + "b").empty());
}

TEST(Unicharset, TextFromOutsideIsCleaned) {
  const Unicharset set = of_lines({"a 3", "f 3"});
  EXPECT_EQ(set.id_of("a\u0640"), 1);
  EXPECT_FALSE(set.id_of("b"));
  EXPECT_FALSE(set.id_of("\ufb01"));
  const Unicharset old_style = of_lines({"a 3", "\ufb01 3"});
  EXPECT_EQ(old_style.id_of("\ufb01"), 2);
  EXPECT_FALSE(old_style.id_of("a\u0640"));
}

TEST(Unicharset, SomeScriptsHaveNoSpaces) {
  const Unicharset set = of_lines({"a 3 Latin 1", "\u4e00 1 Han 2", "\u3042 1 Hiragana 3", "b 3"});
  EXPECT_TRUE(set.space_delimited(0));
  EXPECT_TRUE(set.space_delimited(1));
  EXPECT_FALSE(set.space_delimited(2));
  EXPECT_FALSE(set.space_delimited(3));
  // Tesseract takes a character of no script for one of a script that doesn't occur.
  EXPECT_FALSE(set.space_delimited(4));
}

TEST(Unicharset, CountsDirections) {
  const std::string left = std::string(" 1 ") + kStatistics + " X 0 0 0 x";
  const std::string right = std::string(" 1 ") + kStatistics + " X 0 1 0 x";
  const std::string arabic = std::string(" 1 ") + kStatistics + " X 0 13 0 x";
  EXPECT_FALSE(of_lines({"a" + left, "b" + right}).right_to_left());
  EXPECT_TRUE(of_lines({"a" + left, "b" + right, "c" + arabic, "d" + right}).right_to_left());
}

TEST(Unicharset, KnowsSpecialCodes) {
  EXPECT_TRUE(parse(test::unicharset_text({"a"})).has_special_codes());
  EXPECT_FALSE(of_lines({"a 3", "b 3"}).has_special_codes());
  EXPECT_FALSE(of_lines({}).has_special_codes());
}

TEST(Unicharset, LeavesWhatFollows) {
  const test::ModelBytes file = test::model_bytes_of("1\nNULL 0 Common 0\nrest");
  ByteReader bytes(file, "characters");
  EXPECT_EQ(Unicharset::parse(bytes).size(), 1);
  EXPECT_EQ(bytes.left(), 4u);
}

TEST(Unicharset, RefusesWhatIsNone) {
  EXPECT_TRUE(contains(unicharset_refusal(""), "the number of characters is missing"));
  EXPECT_TRUE(contains(unicharset_refusal("many\n"), "the number of characters is missing"));
  EXPECT_TRUE(contains(unicharset_refusal("0\n"), "the number of characters is 0"));
  EXPECT_TRUE(contains(unicharset_refusal("-5\n"), "the number of characters is -5"));
  EXPECT_TRUE(contains(unicharset_refusal("32768\n"), "allowed: 1 to 32767"));
  EXPECT_TRUE(contains(unicharset_refusal("32767\na 3\n"), "unexpected end of data"));
  EXPECT_TRUE(contains(unicharset_refusal("2\nNULL 0\n\n\n\n"), "character 1 has no text"));
  EXPECT_TRUE(contains(unicharset_refusal("2\nNULL 0\na \nb 1\n"), "character 1 has no text"));
  EXPECT_TRUE(contains(unicharset_refusal("2\nNULL 0\nNULL 0\n"), "` ` is given twice"));
  EXPECT_TRUE(contains(unicharset_refusal("2\nNULL 0\n\xff 0\n"), "character 1 is not UTF-8"));
  EXPECT_TRUE(
      contains(unicharset_refusal("2\nNULL 0\n" + std::string(31, 'x') + " 0\n"), "at most 30"));
}

TEST(Unicharset, RefusesThousandsOfScripts) {
  std::string text = "1000\n";
  for (int i = 0; i < 1000; ++i) text += std::to_string(i) + " 0 S" + std::to_string(i) + "\n";
  EXPECT_TRUE(contains(unicharset_refusal(text), "too many scripts"));
}

}  // namespace
}  // namespace ocrtune::tessdata
