// The invisible text of a PDF: read back as a PDF reader does it.

#include "ocrtune/pdf/text_layer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <set>
#include <sstream>
#include <utility>

#include "ocrtune/base/random.h"
#include "ocrtune/documents/glyph_clusters.h"

namespace ocrtune {
namespace {

/// The text layer of a page with fonts of its own.
TextLayer text_layer(const OcrResult& ocr_result) {
  TextFonts fonts;
  PageText page = page_text(ocr_result, fonts, "F");
  return {std::move(page.content), fonts.extents(), fonts.characters()};
}

/// What one Tj shows, with the box that readers make of its font's extent, in px of the page.
struct Shown {
  std::u16string text;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

std::vector<Shown> shown(const TextLayer& layer, int page_height) {
  std::vector<Shown> all;
  Extent extent;
  double size = 0;
  double scale = 0;
  std::istringstream lines(layer.content);
  const std::regex font(R"(/F(\d+) (\S+) Tf)");
  const std::regex width(R"((\S+) Tz)");
  const std::regex word(R"((\S+) (\S+) (\S+) (\S+) (\S+) (\S+) Tm <([0-9a-f]+)> Tj)");
  for (std::string line; std::getline(lines, line);) {
    std::smatch m;
    if (std::regex_match(line, m, font)) {
      extent = layer.fonts.at(std::stoul(m[1]));
      size = std::stod(m[2]);
    } else if (std::regex_match(line, m, width)) {
      scale = std::stod(m[1]) / 100;
    } else if (std::regex_match(line, m, word)) {
      Shown one;
      double count = 0;
      for (std::size_t i = 0; i < m[7].str().size(); i += 4) {
        const FontCharacter& shown =
            layer.characters.at(std::stoul(m[7].str().substr(i, 4), nullptr, 16) - 1);
        one.text += shown.text;
        count += shown.has_width ? 1 : 0;
      }
      const double along = count * size * scale * kCharacterWidth / 1000;
      std::vector<double> xs;
      std::vector<double> ys;
      for (const double u : {0.0, along}) {
        for (const double v : {-size * extent.descent / 1000, size * extent.ascent / 1000}) {
          xs.push_back(std::stod(m[1]) * u + std::stod(m[3]) * v + std::stod(m[5]));
          ys.push_back(page_height - (std::stod(m[2]) * u + std::stod(m[4]) * v + std::stod(m[6])));
        }
      }
      std::ranges::sort(xs);
      std::ranges::sort(ys);
      all.push_back({one.text, xs.front(), ys.front(), xs.back(), ys.back()});
    }
  }
  return all;
}

Word word_of_line(const std::string& text, int line, int left, int top, int right, int bottom) {
  return {.text = text,
          .left = left,
          .top = top,
          .right = right,
          .bottom = bottom,
          .block = 1,
          .paragraph = 1,
          .line = line};
}

/// Across the line heights are rounded.
void expect_box(const Shown& seen, const Word& word) {
  EXPECT_NEAR(seen.left, word.left, 1.1);
  EXPECT_NEAR(seen.right, word.right, 1.1);
  EXPECT_NEAR(seen.top, word.top, 1.1);
  EXPECT_NEAR(seen.bottom, word.bottom, 1.1);
}

TEST(TextLayer, WordsFillTheirBoxesWithSpacesBetween) {
  const OcrResult ocr_result{
      .words = {word_of_line("Apply", 1, 10, 20, 90, 60), word_of_line("are", 1, 100, 30, 150, 50),
                word_of_line("next", 2, 12, 80, 70, 110)},
      .width = 200,
      .height = 150};
  const auto seen = shown(text_layer(ocr_result), 150);
  ASSERT_EQ(seen.size(), 4U);
  EXPECT_EQ(seen[0].text, u"Apply");
  EXPECT_EQ(seen[1].text, u" ");
  EXPECT_NEAR(seen[1].left, 90, 0.1);
  EXPECT_NEAR(seen[1].right, 100, 0.1);
  EXPECT_EQ(seen[2].text, u"are");
  EXPECT_EQ(seen[3].text, u"next");
  expect_box(seen[0], ocr_result.words[0]);
  expect_box(seen[2], ocr_result.words[1]);
  expect_box(seen[3], ocr_result.words[2]);
}

TEST(TextLayer, NoSpaceIsWhereThePageHasNone) {
  OcrResult ocr_result{
      .words = {word_of_line("中", 1, 10, 20, 40, 50), word_of_line("文", 1, 42, 20, 70, 50),
                word_of_line("a", 1, 90, 20, 110, 50)},
      .width = 200,
      .height = 150};
  ocr_result.words[1].space_before = false;
  std::u16string text;
  for (const Shown& each : shown(text_layer(ocr_result), 150)) text += each.text;
  EXPECT_EQ(text, u"中文 a");
}

TEST(TextLayer, GivesMarksNoWidthWhereNoPieceFollows) {
  const std::string word = "कुव";  // its second character is a mark
  const auto shown = [&](bool joined) {
    OcrResult result{
        .words = {{.text = word, .left = 10, .top = 10, .right = 40, .bottom = 30, .line = 1},
                  {.text = word,
                   .left = 50,
                   .top = 10,
                   .right = 80,
                   .bottom = 30,
                   .line = 1,
                   .space_before = !joined}},
        .width = 100,
        .height = 50};
    TextFonts fonts;
    (void)page_text(result, fonts, "/F");
    std::vector<std::pair<std::u16string, bool>> characters;
    for (const FontCharacter& c : fonts.characters()) characters.emplace_back(c.text, c.has_width);
    return characters;
  };
  EXPECT_EQ(shown(false), (std::vector<std::pair<std::u16string, bool>>{
                              {u" ", true}, {u"क", true}, {u"ु", false}, {u"व", true}}));
  EXPECT_EQ(shown(true), (std::vector<std::pair<std::u16string, bool>>{
                             {u" ", true}, {u"कु", true}, {u"व", true}}));
}

TEST(OneFontLayer, WordsAreAsHighAsTheirLine) {
  const TextLayer layer = one_font_layer({.words = {word_of_line("Apply", 1, 10, 20, 90, 60),
                                                    word_of_line("are", 1, 100, 30, 150, 50)},
                                          .width = 200,
                                          .height = 150});
  ASSERT_EQ(layer.fonts.size(), 1U);
  EXPECT_TRUE(layer.characters.empty());
  // An em of 40 px: 8 px above the lower edge of the line is the baseline.
  EXPECT_NE(layer.content.find("/f-0-0 40 Tf"), std::string::npos) << layer.content;
  EXPECT_NE(layer.content.find("1 0 0 1 10 98 Tm <004100700070006c0079> Tj"), std::string::npos)
      << layer.content;
  EXPECT_NE(layer.content.find("1 0 0 1 100 98 Tm <006100720065> Tj"), std::string::npos);
  // Three characters of half an em are 60 px wide, and the word 50.
  EXPECT_NE(layer.content.find("83.333 Tz"), std::string::npos) << layer.content;
}

TEST(TextLayer, OfNoVisibleWordIsNone) {
  EXPECT_TRUE(text_layer({.words = {}, .width = 10, .height = 10}).content.empty());
  const TextLayer blank = text_layer(
      {.words = {word_of_line(" \t", 1, 0, 0, 5, 5), word_of_line("\u00a0", 1, 5, 0, 9, 5)},
       .width = 10,
       .height = 10});
  EXPECT_TRUE(blank.content.empty());
  EXPECT_TRUE(blank.fonts.empty());
}

TEST(TextLayer, LinesRunInFourDirections) {
  // The same two words on a page that is turned clockwise by 0 to 3 quarters.
  const OcrResult level{
      .words = {word_of_line("one", 1, 10, 20, 60, 40), word_of_line("two", 1, 70, 20, 130, 45)},
      .width = 200,
      .height = 100};
  OcrResult turned = level;
  for (int quarters = 0; quarters < 4; ++quarters) {
    const TextLayer layer = text_layer(turned);
    const auto seen = shown(layer, turned.height);
    ASSERT_EQ(seen.size(), 3U);
    expect_box(seen[0], turned.words[0]);
    expect_box(seen[2], turned.words[1]);
    const std::vector<std::string> matrices{"1 0 0 1", "0 -1 1 0", "-1 0 0 -1", "0 1 -1 0"};
    EXPECT_NE(layer.content.find("\n" + matrices[static_cast<std::size_t>(quarters)] + " "),
              std::string::npos)
        << layer.content;
    for (Word& w : turned.words) {
      const Word old = w;
      w.left = turned.height - old.bottom;
      w.right = turned.height - old.top;
      w.top = old.left;
      w.bottom = old.right;
    }
    std::swap(turned.width, turned.height);
  }
}

TEST(TextLayer, ALineOfNumbersAmongTextFromTheRightIsNotUpsideDown) {
  const OcrResult ocr_result{
      .words = {word_of_line("שלום", 1, 100, 10, 150, 30), word_of_line("עולם", 1, 40, 10, 90, 30),
                word_of_line("ספר", 1, 5, 10, 30, 30), word_of_line("12", 2, 100, 40, 150, 60),
                word_of_line("34", 2, 40, 40, 90, 60)},
      .width = 200,
      .height = 100};
  const TextLayer layer = text_layer(ocr_result);
  EXPECT_EQ(layer.content.find("-1 0 0 -1"), std::string::npos);
  const auto seen = shown(layer, 100);
  EXPECT_EQ(seen[0].text, u"םולש") << "as it stands, from the left";
  expect_box(seen[0], ocr_result.words[0]);
  EXPECT_NEAR(seen[1].left, 90, 0.1) << "the space is on the left";
  EXPECT_EQ(seen[5].text, u"12");
}

TEST(TextLayer, SizeIsOneForALine) {
  const OcrResult ocr_result{
      .words = {word_of_line("a", 1, 0, 20, 10, 40), word_of_line("b", 1, 20, 5, 30, 40),
                word_of_line("p", 1, 40, 20, 50, 50), word_of_line("-", 1, 60, 28, 70, 32)},
      .width = 100,
      .height = 100};
  const std::string content = text_layer(ocr_result).content;
  std::set<std::string> sizes;
  const std::regex font(R"(/F\d+ (\S+) Tf)");
  for (std::sregex_iterator it(content.begin(), content.end(), font), end; it != end; ++it)
    sizes.insert((*it)[1]);
  EXPECT_EQ(sizes.size(), 1U) << content;
}

RC_GTEST_PROP(TextLayer, EveryWordIsThereOnceInItsBox, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  OcrResult ocr_result{.words = {}, .width = 3000, .height = 4000};
  int line = 1;
  for (int i = random.integer(1, 60); i > 0; --i) {
    if (random.integer(0, 6) == 0) ++line;
    const int left = random.integer(0, 2900);
    const int top = random.integer(0, 3900);
    ocr_result.words.push_back(word_of_line("w" + std::to_string(i), line, left, top,
                                            left + random.integer(0, 100),
                                            top + random.integer(0, 100)));
  }
  const TextLayer layer = text_layer(ocr_result);
  std::vector<Shown> words;
  for (const Shown& one : shown(layer, ocr_result.height)) {
    if (one.text != u" ") words.push_back(one);
  }
  RC_ASSERT(words.size() == ocr_result.words.size());
  // A box without a width or a height gets one px.
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& wanted = ocr_result.words[i];
    RC_ASSERT(words[i].text == std::u16string(wanted.text.begin(), wanted.text.end()));
    RC_ASSERT(std::abs(words[i].left - wanted.left) < 2.5);
    RC_ASSERT(std::abs(words[i].right - wanted.right) < 2.5);
    RC_ASSERT(std::abs(words[i].top - wanted.top) < 2.5);
    RC_ASSERT(std::abs(words[i].bottom - wanted.bottom) < 2.5);
  }
  for (const Extent& extent : layer.fonts) {
    RC_ASSERT(extent.ascent >= 1 && extent.ascent <= 1050);
    RC_ASSERT(extent.descent >= 1 && extent.descent < 400);
  }
}

TEST(GlyphClusters, MarksStayWithTheirLetters) {
  EXPECT_EQ(clusters_from_left("abc", false), (std::vector<std::u16string>{u"a", u"b", u"c"}));
  EXPECT_EQ(clusters_from_left("e\u0301t", false), (std::vector<std::u16string>{u"e\u0301", u"t"}));
  EXPECT_EQ(clusters_from_left("😀", false), (std::vector<std::u16string>{u"😀"}));
  EXPECT_EQ(clusters_from_left("\xff", false), (std::vector<std::u16string>{u"\ufffd"}));
  EXPECT_TRUE(clusters_from_left("", false).empty());
  EXPECT_TRUE(clusters_from_left("", true).empty());
}

TEST(GlyphClusters, LettersFromTheRightBeginThere) {
  EXPECT_EQ(clusters_from_left("אב1", true), (std::vector<std::u16string>{u"1", u"ב", u"א"}));
  EXPECT_EQ(clusters_from_left("12אב", false),
            (std::vector<std::u16string>{u"1", u"2", u"ב", u"א"}));
  EXPECT_EQ(clusters_from_left("x86", true), (std::vector<std::u16string>{u"x", u"8", u"6"}));
  EXPECT_GT(right_to_left_letters("אב1"), 0);
  EXPECT_LT(right_to_left_letters("ab"), 0);
  EXPECT_EQ(right_to_left_letters("12 \xff"), 0);
}

TEST(GlyphClusters, HeapsOfMarksAreCutBetweenCharacters) {
  std::string heap = "a";
  for (int i = 0; i < 500; ++i) heap += "\xf0\x9d\x85\xa5";  // U+1D165, a mark of two units
  std::u16string all;
  for (const std::u16string& cluster : clusters_from_left(heap, false)) {
    EXPECT_LE(cluster.size(), 33U);
    EXPECT_FALSE(cluster.front() >= 0xDC00 && cluster.front() <= 0xDFFF);
    all += cluster;
  }
  EXPECT_EQ(all.size(), 1001U);
}

}  // namespace
}  // namespace ocrtune
