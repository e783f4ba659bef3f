// hOCR, ALTO and PAGE XML: markup is escaped whatever was read, and boxes are carried.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <regex>

#include "ocrtune/base/random.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/xml.h"
#include "ocrtune/documents/alto_writer.h"
#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/page_json.h"
#include "ocrtune/documents/page_tree.h"
#include "ocrtune/documents/page_xml_language.h"
#include "ocrtune/documents/page_xml_writer.h"
#include "support/errors.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;

Word word(const std::string& text, int line, int index, int left, int top) {
  return {.text = text,
          .confidence = 91,
          .left = left,
          .top = top,
          .right = left + 20,
          .bottom = top + 10,
          .block = 1,
          .paragraph = 1,
          .line = line,
          .index = index};
}

OcrResult small_ocr_result() {
  OcrResult ocr_result{
      .words = {word("AT&T", 1, 1, 5, 7), word("<b>", 1, 2, 30, 5), word("end", 2, 1, 4, 25)},
      .width = 100,
      .height = 50};
  ocr_result.words.push_back({.text = "next",
                              .confidence = 100,
                              .left = 60,
                              .top = 20,
                              .right = 90,
                              .bottom = 33,
                              .block = 2,
                              .paragraph = 1,
                              .line = 1,
                              .index = 1});
  return ocr_result;
}

TEST(Xml, MarkupBecomesEntities) {
  EXPECT_EQ(xml_escaped("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
  EXPECT_EQ(xml_escaped("é–œ 😀"), "é–œ 😀");
  EXPECT_EQ(xml_escaped("a\tb\nc\rd"), "a b c d");
  EXPECT_EQ(xml_escaped(std::string("a\0b\x1b", 4)),
            "a\xef\xbf\xbd"
            "b\xef\xbf\xbd");
  EXPECT_EQ(xml_escaped("\xff\xfe"), "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(xml_escaped("\xef\xbf\xbf"), "\xef\xbf\xbd");
}

/// What a parser makes of escaped text.
std::string unescaped(std::string text) {
  const std::pair<const char*, const char*> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, character] : entities) {
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; ++at)
      text.replace(at, std::string_view(entity).size(), character);
  }
  return text;
}

RC_GTEST_PROP(Xml, AnyBytesAreSafe, ()) {
  const std::string escaped = xml_escaped(*test::any_bytes());
  RC_ASSERT(is_utf8(escaped));
  RC_ASSERT(escaped.find_first_of("<>\"'") == std::string::npos);
  RC_ASSERT(std::ranges::none_of(escaped, [](char c) { return c >= 0 && c < 0x20; }));
  const std::regex entity("&(?!(lt|gt|quot|amp|#39);)");
  RC_ASSERT(!std::regex_search(escaped, entity));
}

RC_GTEST_PROP(Xml, TextIsGivenBack, ()) {
  std::string text = *test::utf8_text();
  // White space and what XML doesn't have is changed on purpose.
  std::erase_if(text, [](char c) { return c >= 0 && c < 0x20; });
  RC_PRE(text.find("\xef\xbf") == std::string::npos);
  RC_ASSERT(unescaped(xml_escaped(text)) == text);
}

TEST(PageTree, GroupsWordsWithTheBoxesAroundThem) {
  const OcrResult ocr_result = small_ocr_result();
  const auto blocks = page_tree(ocr_result);
  ASSERT_EQ(blocks.size(), 2U);
  ASSERT_EQ(blocks[0].paragraphs.size(), 1U);
  const ParagraphOfLines& paragraph = blocks[0].paragraphs[0];
  ASSERT_EQ(paragraph.lines.size(), 2U);
  EXPECT_EQ(paragraph.lines[0].words.size(), 2U);
  const Box& line = paragraph.lines[0].box;
  EXPECT_EQ(std::tie(line.left, line.top, line.right, line.bottom), std::make_tuple(5, 5, 50, 17));
  const Box& block = blocks[0].box;
  EXPECT_EQ(std::tie(block.left, block.top, block.right, block.bottom),
            std::make_tuple(4, 5, 50, 35));
  EXPECT_TRUE(page_tree({}).empty());
}

RC_GTEST_PROP(PageTree, HasEveryWordOnceInOrder, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  OcrResult ocr_result;
  Word next{.block = 1, .paragraph = 1, .line = 1, .index = 0};
  for (int i = random.integer(0, 40); i > 0; --i) {
    const int level = random.integer(0, 5);
    if (level == 0) next = {.block = next.block + 1, .paragraph = 1, .line = 1};
    if (level == 1) next = {.block = next.block, .paragraph = next.paragraph + 1, .line = 1};
    if (level == 2) ++next.line;
    ++next.index;
    ocr_result.words.push_back(next);
  }
  std::vector<const Word*> seen;
  for (const auto& block : page_tree(ocr_result)) {
    RC_ASSERT(!block.paragraphs.empty());
    for (const auto& paragraph : block.paragraphs) {
      for (const auto& line : paragraph.lines) {
        RC_ASSERT(!line.words.empty());
        for (const Word& one : line.words) {
          RC_ASSERT(one.line == line.words.front().line);
          seen.push_back(&one);
        }
      }
    }
  }
  RC_ASSERT(seen.size() == ocr_result.words.size());
  for (std::size_t i = 0; i < seen.size(); ++i) RC_ASSERT(seen[i] == &ocr_result.words[i]);
}

TEST(Hocr, HasThePageItsLinesAndWords) {
  const std::string text =
      hocr_text(small_ocr_result(), {.name = "a\"b'&.png", .number = 3, .program = "ocrtune 1"});
  for (const char* part :
       {"<meta name='ocr-system' content='ocrtune 1'/>", "<title>a&quot;b&#39;&amp;.png</title>",
        "<div class='ocr_page' id='page_3' title='image \"a&#39;b&#39;&amp;.png\"; "
        "bbox 0 0 100 50; ppageno 2'>",
        "<div class='ocr_carea' id='block_3_2' title='bbox 60 20 90 33'>",
        "<p class='ocr_par' id='par_3_1' title='bbox 4 5 50 35'>",
        "<span class='ocr_line' id='line_3_1' title='bbox 5 5 50 17'>",
        "<span class='ocrx_word' id='word_3_1' title='bbox 5 7 25 17; x_wconf 91'>AT&amp;T</span>",
        "x_wconf 91'>&lt;b&gt;</span>"}) {
    EXPECT_TRUE(contains(text, part)) << part << "\n" << text;
  }
}

TEST(AltoOfACorrectedText, StatesIt) {
  const PageSource corrected{.name = "a.png", .program = "p", .corrected = true};
  EXPECT_TRUE(contains(alto_text(small_ocr_result(), corrected), R"( CS="true">)"));
  EXPECT_FALSE(contains(alto_text(small_ocr_result(), {.name = "a.png"}), "CS="));
}

TEST(DocumentOfALanguage, StatesItAndTheDirection) {
  OcrResult ocr_result = small_ocr_result();
  const PageSource unknown{.name = "a.png", .program = "p"};
  EXPECT_FALSE(contains(hocr_text(ocr_result, unknown), "lang="));
  EXPECT_FALSE(contains(alto_text(ocr_result, unknown), "LANG="));
  const PageSource french{.name = "a.png", .program = "p", .language = "fr"};
  EXPECT_TRUE(contains(hocr_text(ocr_result, french), R"( xml:lang="fr" lang="fr">)"));
  EXPECT_TRUE(contains(alto_text(ocr_result, french), R"( LANG="fr">)"));
  EXPECT_TRUE(contains(page_xml_text(ocr_result, french), R"( primaryLanguage="French">)"));
  EXPECT_FALSE(contains(page_xml_text(ocr_result, unknown), "primaryLanguage"));
  EXPECT_FALSE(contains(hocr_text(ocr_result, french), "dir="));
  for (Word& word : ocr_result.words) word.text = "سلام";
  EXPECT_TRUE(contains(hocr_text(ocr_result, unknown), "dir='rtl'"));
  EXPECT_TRUE(contains(page_xml_text(ocr_result, unknown), R"( readingDirection="right-to-left")"));
}

TEST(PageXmlLanguage, HasTheNamesOfPage) {
  EXPECT_EQ(page_xml_language(""), "");
  EXPECT_EQ(page_xml_language("de"), "German");
  EXPECT_EQ(page_xml_language("de-Latf"), "German");
  EXPECT_EQ(page_xml_language("zh-Hant"), "Chinese");
  EXPECT_EQ(page_xml_language("sl"), "Slovene");
  EXPECT_EQ(page_xml_language("grc"), "other");
}

TEST(Alto, HasThePageItsLinesAndStrings) {
  const std::string text =
      alto_text(small_ocr_result(), {.name = "<a>.png", .number = 2, .program = "ocrtune 1"});
  for (const char* part :
       {"<fileName>&lt;a&gt;.png</fileName>", "<softwareName>ocrtune 1</softwareName>",
        R"(<Page ID="page_2" PHYSICAL_IMG_NR="2" WIDTH="100" HEIGHT="50">)",
        R"(<TextBlock ID="par_2" HPOS="60" VPOS="20" WIDTH="30" HEIGHT="13">)",
        R"(<TextLine ID="line_1" HPOS="5" VPOS="5" WIDTH="45" HEIGHT="12">)",
        R"(HPOS="5" VPOS="7" WIDTH="20" HEIGHT="10" WC="0.91" CONTENT="AT&amp;T"/>)",
        R"(<SP HPOS="25" VPOS="5" WIDTH="5"/>)", R"(WC="1.00" CONTENT="next"/>)"}) {
    EXPECT_TRUE(contains(text, part)) << part << "\n" << text;
  }
}

TEST(Alto, WordsThatOverlapHaveASpaceWithoutAWidth) {
  OcrResult ocr_result = small_ocr_result();
  ocr_result.words[1].left = 24;
  EXPECT_TRUE(contains(alto_text(ocr_result, {}), "<SP/>"));
}

TEST(PageXmlOutput, HasThePageItsOrderLinesAndWords) {
  const std::string text =
      page_xml_text(small_ocr_result(),
                    {.name = "<a>.png", .program = "ocrtune 1", .created = "2026-01-02T03:04:05Z"});
  for (const char* part :
       {"<Creator>ocrtune 1</Creator>", "<LastChange>2026-01-02T03:04:05Z</LastChange>",
        R"(<Page imageFilename="&lt;a&gt;.png" imageWidth="100" imageHeight="50">)",
        R"(<RegionRefIndexed index="1" regionRef="region_2"/>)",
        "<TextRegion id=\"region_2\" type=\"paragraph\">\n      <Coords points=\"60,20 90,20 90,33 "
        "60,33\"/>",
        "<Word id=\"word_1\">\n          <Coords points=\"5,7 25,7 25,17 5,17\"/>\n          "
        "<TextEquiv conf=\"0.91\"><Unicode>AT&amp;T</Unicode></TextEquiv>",
        R"(<TextEquiv conf="0.91"><Unicode>AT&amp;T &lt;b&gt;</Unicode></TextEquiv>)",
        "<TextEquiv><Unicode>AT&amp;T &lt;b&gt;\nend</Unicode></TextEquiv>",
        R"(conf="1.00"><Unicode>next</Unicode>)"}) {
    EXPECT_TRUE(contains(text, part)) << part << "\n" << text;
  }
}

// hOCR and ALTO state how the text is rotated, counterclockwise; PAGE how to correct that,
// clockwise.
TEST(DocumentOfARotatedPage, StatesTheOrientation) {
  const OcrResult ocr_result = small_ocr_result();
  const auto has = [&](int turns, const char* hocr, const char* alto, const char* page) {
    const PageSource source{.turns = turns};
    EXPECT_TRUE(contains(hocr_text(ocr_result, source), hocr)) << turns;
    EXPECT_TRUE(contains(alto_text(ocr_result, source), alto)) << turns;
    EXPECT_TRUE(contains(page_xml_text(ocr_result, source), page)) << turns;
  };
  has(0, "title='bbox 5 5 50 17'>", R"(WIDTH="30" HEIGHT="13">)", R"(imageHeight="50">)");
  has(1, "title='bbox 5 5 50 17; textangle 90'>", R"(HEIGHT="13" ROTATION="90">)",
      R"(imageHeight="50" orientation="90">)");
  has(2, "; textangle 180'>", R"( ROTATION="180">)", R"( orientation="180">)");
  has(3, "; textangle 270'>", R"( ROTATION="270">)", R"( orientation="-90">)");
}

TEST(PageXmlOutput, StaysWithinThePage) {
  OcrResult ocr_result = small_ocr_result();
  ocr_result.words[0].left = -4;
  ocr_result.words[0].right = 400;
  EXPECT_TRUE(contains(page_xml_text(ocr_result, {}), R"(points="0,7 100,7 100,17 0,17")"));
}

TEST(PageXmlOutput, OfAnEmptyPageHasNoOrder) {
  EXPECT_FALSE(contains(page_xml_text({}, {}), "ReadingOrder"));
}

OcrResult with_alternatives() {
  OcrResult ocr_result = small_ocr_result();
  ocr_result.words[0].alternatives = {"AT&I", "A\"T' T"};
  return ocr_result;
}

TEST(WordWithAlternatives, HasThemInEachFormatThatCan) {
  const PageSource source{.name = "a.png", .number = 1, .program = "ocrtune", .facsimile = {}};
  const std::string alto = alto_text(with_alternatives(), source);
  EXPECT_TRUE(contains(alto,
                       "CONTENT=\"AT&amp;T\">\n"
                       "                <ALTERNATIVE>AT&amp;I</ALTERNATIVE>\n"
                       "                <ALTERNATIVE>A&quot;T&#39; T</ALTERNATIVE>\n"
                       "              </String>"));
  EXPECT_TRUE(contains(alto, "CONTENT=\"end\"/>"));
  EXPECT_TRUE(contains(hocr_text(with_alternatives(), source),
                       "x_wconf 91; x_alternatives \"AT&amp;I\" \"A&#39;T&#39; T\"'>AT&amp;T<"));
  const std::string page = page_xml_text(with_alternatives(), source);
  EXPECT_TRUE(contains(page, "<TextEquiv index=\"0\" conf=\"0.91\"><Unicode>AT&amp;T</Unicode>"));
  EXPECT_TRUE(contains(page, "<TextEquiv index=\"2\"><Unicode>A&quot;T&#39; T</Unicode>"));
}

TEST(PageJson, OfAnotherShapeIsRefused) {
  const auto refusal = [](const std::string& text) {
    return test::error_of(Errc::input_unreadable, [&] { (void)parse_page_json(text); });
  };
  const std::string word =
      R"({"text":"a","confidence":9,"box":[1,2,3,4],"block":1,"paragraph":1,"line":1,"word":1,)";
  const auto of_words = [](const std::string& words) {
    return R"({"width":9,"height":9,"words":[)" + words + "]}";
  };
  EXPECT_EQ(parse_page_json(of_words(word + R"("space_before":true})")).words.size(), 1U);
  for (const std::string& text :
       {std::string("["), std::string("[]"), of_words("3"), of_words("{}"), of_words(word + "}"),
        of_words(word + R"("space_before":1})"),
        of_words(R"({"text":"a","confidence":9,"box":[1,2,3]})"),
        of_words(R"({"text":"a","confidence":9,"box":[1,2,3,"4"]})"),
        of_words(R"({"text":"a","confidence":9,"box":[1,2,3,1e99]})"),
        of_words(R"({"text":"a","confidence":9,"box":[1,2,3,18446744073709551000]})")})
    EXPECT_FALSE(refusal(text).empty()) << text;
}

RC_GTEST_PROP(PageJson, RoundTrip, ()) {
  OcrResult result{.words = {}, .width = 800, .height = 600};
  for (int i = *rc::gen::inRange(0, 20); i > 0; --i) {
    const auto number = [](int most) { return *rc::gen::inRange(0, most); };
    Word next = word(*test::utf8_text(), number(9), number(9), number(5000) - 100, number(5000));
    next.confidence = number(101);
    next.space_before = number(2) == 1;
    for (int j = number(4); j > 0; --j) next.alternatives.push_back("x" + *test::utf8_text());
    result.words.push_back(next);
  }
  const PageSource source{.name = "a.png", .number = 3, .program = "ocrtune", .facsimile = {}};
  const std::string text = page_json_text(result, source);
  RC_ASSERT(std::ranges::count(text, '\n') == 1);
  RC_ASSERT(page_json_text(parse_page_json(text), source) == text);
}

}  // namespace
}  // namespace ocrtune
