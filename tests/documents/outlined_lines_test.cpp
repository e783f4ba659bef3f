#include "ocrtune/documents/outlined_lines.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/alto_writer.h"
#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/page_xml_writer.h"
#include "ocrtune/documents/transcript.h"
#include "support/errors.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using Outline = std::vector<Corner>;

std::string page_with(const std::string& inside) {
  return "<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15'>"
         "<Page imageWidth='1000' imageHeight='800'>" +
         inside + "</Page></PcGts>";
}

std::string text_equiv(const std::string& text) {
  return "<TextEquiv><Unicode>" + text + "</Unicode></TextEquiv>";
}

std::string alto_in(const std::string& unit, const std::string& page_attributes,
                    const std::string& lines) {
  return "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Description><MeasurementUnit>" +
         unit + "</MeasurementUnit></Description><Layout><Page " + page_attributes +
         "><PrintSpace><TextBlock>" + lines + "</TextBlock></PrintSpace></Page></Layout></alto>";
}

std::string hocr_with(const std::string& page_title, const std::string& inside) {
  return "<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='ocr_page' title='" +
         page_title + "'>" + inside + "</div></body></html>";
}

Outline box_corners(std::int64_t left, std::int64_t top, std::int64_t right, std::int64_t bottom) {
  return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

/// The lines of a transcript that have a text.
std::vector<std::string> lines_with_text(const std::string& document) {
  std::vector<std::string> lines;
  for (std::string& line : split(parse_document(document).text, '\n')) {
    if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> texts_of(const OutlinedLines& lines) {
  std::vector<std::string> texts;
  for (const OutlinedLine& line : lines.lines) texts.push_back(line.text);
  return texts;
}

TEST(OutlinedLines, OfPageXmlInReadingOrder) {
  const std::string document = page_with(
      "<ReadingOrder><OrderedGroup><RegionRefIndexed index='0' regionRef='b'/>"
      "<RegionRefIndexed index='1' regionRef='a'/></OrderedGroup></ReadingOrder>"
      "<TextRegion id='a'><Coords points='0,0 9,0 9,9'/>"
      "<TextLine><Coords points='1,2 30,2 30,9.6'/>" +
      text_equiv("one  two") + "</TextLine><TextLine><Word><Coords points='1,12 9,12 9,19 1,19'/>" +
      text_equiv("three") + "</Word><Word><Coords points='10,11 20,11 20,18'/>" +
      text_equiv("four") + "</Word></TextLine><TextLine>" + text_equiv("nowhere") +
      "</TextLine></TextRegion><TextRegion id='b'><Coords points='0,0 9,0 9,9'/>" +
      text_equiv("a region\r\n\r\nof two lines") +
      "</TextRegion><TextRegion id='c'><TextLine><Coords><Point x='1' y='2'/><Point x='3' y='2'/>"
      "<Point x='3' y='9'/></Coords>" +
      text_equiv("old") + "</TextLine></TextRegion>");
  const OutlinedLines found = outlined_lines(document);
  EXPECT_EQ(texts_of(found), (std::vector<std::string>{"one two", "three four", "old"}));
  EXPECT_EQ(found.lines[0].outline, (Outline{{1, 2}, {30, 2}, {30, 10}}));
  EXPECT_EQ(found.lines[1].outline, box_corners(1, 11, 20, 19));
  EXPECT_EQ(found.lines[2].outline, (Outline{{1, 2}, {3, 2}, {3, 9}}));
  EXPECT_EQ(found.without_place, 3U);
  EXPECT_EQ(found.width, 1000);
  EXPECT_EQ(found.height, 800);
}

TEST(OutlinedLines, OfAltoByPolygonBoxAndWords) {
  const std::string document = alto_in(
      "pixel", "WIDTH='2000' HEIGHT='3000'",
      "<TextLine HPOS='0' VPOS='0' WIDTH='1' HEIGHT='1'><Shape><Polygon POINTS='1,2 30,2 30,9'/>"
      "</Shape><String CONTENT='with'/><SP/><String CONTENT='comma'/></TextLine>"
      "<TextLine><Shape><Polygon POINTS='1 2\n30 2 30 9'/></Shape><String CONTENT='Zei'/>"
      "<HYP CONTENT='&#xAD;'/></TextLine>"
      "<TextLine HPOS='4' VPOS='5.4' WIDTH='60' HEIGHT='7'><Shape><Polygon POINTS='1 2 3'/></Shape>"
      "<String CONTENT='box'/></TextLine>"
      "<TextLine><String CONTENT='of' HPOS='1' VPOS='2' WIDTH='3' HEIGHT='4'/><SP/>"
      "<String CONTENT='words' HPOS='6' VPOS='1' WIDTH='3' HEIGHT='4'/></TextLine>"
      "<TextLine HPOS='4' VPOS='5' WIDTH='0' HEIGHT='7'><String CONTENT='empty'/></TextLine>"
      "<TextLine HPOS='4' VPOS='5' WIDTH='9' HEIGHT='7'><String CONTENT=''/></TextLine>");
  const OutlinedLines found = outlined_lines(document);
  EXPECT_EQ(texts_of(found), (std::vector<std::string>{"with comma", "Zei-", "box", "of words"}));
  EXPECT_EQ(found.lines[0].outline, (Outline{{1, 2}, {30, 2}, {30, 9}}));
  EXPECT_EQ(found.lines[1].outline, found.lines[0].outline);
  EXPECT_EQ(found.lines[2].outline, box_corners(4, 5, 64, 12));
  EXPECT_EQ(found.lines[3].outline, box_corners(1, 1, 9, 6));
  EXPECT_EQ(found.without_place, 1U);
  EXPECT_EQ(found.width, 2000);
}

TEST(OutlinedLines, OtherUnitsNeedThePagesSize) {
  const std::string line =
      "<TextLine HPOS='4' VPOS='5' WIDTH='60' HEIGHT='7'><String CONTENT='a'/></TextLine>";
  for (const char* unit : {"mm10", "inch1200"}) {
    const OutlinedLines placed = outlined_lines(alto_in(unit, "WIDTH='2100' HEIGHT='2970'", line));
    ASSERT_EQ(placed.lines.size(), 1U);
    EXPECT_EQ(placed.lines[0].outline, box_corners(4, 5, 64, 12));
    EXPECT_EQ(placed.height, 2970);
    EXPECT_EQ(outlined_lines(alto_in(unit, "", line)).without_place, 1U);
    EXPECT_EQ(outlined_lines(alto_in(unit, "WIDTH='0' HEIGHT='2970'", line)).without_place, 1U);
  }
  EXPECT_EQ(outlined_lines(alto_in("pixel", "", line)).lines.size(), 1U);
}

TEST(OutlinedLines, OfHocrByLinesElseWords) {
  const std::string document = hocr_with(
      "image \"bbox 1 2 3 4; a.png\"; bbox 0 0 640 480; ppageno 0",
      "<p class='ocr_par'><span class='ocr_line' title='baseline 0 0; bbox 1 2 30 9'>"
      "<span class='ocrx_word' title='bbox 1 2 9 9'>one</span> <span class='ocrx_word'>two</span>"
      "</span><span class='ocr_header' title='bbox 1 12 30 19'>all of it</span></p>"
      "<p><span class='ocrx_word' title='bbox 5 22 9 29'>no</span> "
      "<span class='ocrx_word' title='bbox 10 21 20 30; x_wconf 9'>line</span></p>"
      "<p class='ocr_par'><span class='ocr_line'>nowhere</span></p>");
  const OutlinedLines found = outlined_lines(document);
  EXPECT_EQ(texts_of(found), (std::vector<std::string>{"one two", "all of it", "no line"}));
  EXPECT_EQ(found.lines[0].outline, box_corners(1, 2, 30, 9));
  EXPECT_EQ(found.lines[1].outline, box_corners(1, 12, 30, 19));
  EXPECT_EQ(found.lines[2].outline, box_corners(5, 21, 20, 30));
  EXPECT_EQ(found.without_place, 1U);
  EXPECT_EQ(found.width, 640);
  EXPECT_EQ(found.height, 480);
  EXPECT_EQ(outlined_lines(hocr_with("bbox 9 9 640 480", "")).width, 0);
}

TEST(OutlinedLines, HostilePlacesAreNone) {
  for (const char* points :
       {"", "1,2 3,4", "1,2 3,4 5", "a,b c,d e,f", "1,2 1,2 1,2", "nan,1 2,3 4,5", "inf,1 2,3 4,5",
        "1e300,1 2,3 4,5", "99999999999999999999,1 2,3 4,5", "1,2 3,2 5,2"}) {
    const OutlinedLines found =
        outlined_lines(page_with(std::string("<TextRegion><TextLine><Coords points='") + points +
                                 "'/>" + text_equiv("a") + "</TextLine></TextRegion>"));
    EXPECT_TRUE(found.lines.empty()) << points;
    EXPECT_EQ(found.without_place, 1U) << points;
  }
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += std::to_string(i) + "," + std::to_string(i % 7) + " ";
  EXPECT_TRUE(outlined_lines(page_with("<TextRegion><TextLine><Coords points='" + many + "'/>" +
                                       text_equiv("a") + "</TextLine></TextRegion>"))
                  .lines.empty());
  for (const char* title :
       {"bbox", "bbox 1 2 3", "bbox 5 5 1 1", "bboxes 1 2 3 4", "\"bbox 1 2 3 4"})
    EXPECT_EQ(outlined_lines(hocr_with("", std::string("<span class='ocr_line' title='") + title +
                                               "'>a</span>"))
                  .without_place,
              1U)
        << title;
}

TEST(OutlinedLines, OtherDocumentsAreRefused) {
  for (const char* document : {"", "text", "<PcGts/>", "<alto/>", "<html/>", "<a>&b;</a>"})
    EXPECT_FALSE(
        test::error_of(Errc::input_unreadable, [&] { (void)outlined_lines(document); }).empty());
}

RC_GTEST_PROP(OutlinedLines, TextsAreTheTranscripts, ()) {
  OcrResult ocr_result{.width = 500, .height = 500};
  const int count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i) {
    Word word{.text = *test::utf8_text(), .confidence = 50, .left = 10 * i, .top = 5 * i};
    word.right = word.left + *rc::gen::inRange(0, 20);
    word.bottom = word.top + 9;
    word.block = 1 + i / 6;
    word.paragraph = 1;
    word.line = 1 + i / 3;
    word.index = 1 + i % 3;
    ocr_result.words.push_back(word);
  }
  const PageSource source{.name = "a.png", .program = "p"};
  for (const std::string& document :
       {page_xml_text(ocr_result, source), alto_text(ocr_result, source),
        hocr_text(ocr_result, source)}) {
    const OutlinedLines found = outlined_lines(document);
    const std::vector<std::string> all = lines_with_text(document);
    RC_ASSERT(found.lines.size() + found.without_place == all.size());
    if (found.without_place == 0) RC_ASSERT(texts_of(found) == all);
    for (const OutlinedLine& line : found.lines) RC_ASSERT(line.outline.size() >= 3U);
  }
}

}  // namespace
}  // namespace ocrtune
