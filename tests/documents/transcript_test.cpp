// PAGE XML, ALTO and hOCR as the field writes them.

#include "ocrtune/documents/transcript.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ocrtune/base/text.h"
#include "ocrtune/documents/alto_writer.h"
#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/page_xml_writer.h"
#include "ocrtune/documents/tsv_writer.h"
#include "support/errors.h"
#include "support/temp_folder.h"
#include "support/text_gen.h"

namespace ocrtune {
namespace {

using test::contains;
using test::error_of;
using test::TempFolder;

std::string page_of(const std::string& inside) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<pc:PcGts xmlns:pc="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<pc:Metadata><pc:Creator>by hand</pc:Creator></pc:Metadata>
<pc:Page imageFilename="a.png" imageWidth="10" imageHeight="10">)" +
         inside + "</pc:Page></pc:PcGts>";
}

std::string equiv(const std::string& text) {
  return "<pc:TextEquiv><pc:Unicode>" + text + "</pc:Unicode></pc:TextEquiv>";
}

std::string line(const std::string& text) {
  return "<pc:TextLine>" + equiv(text) + "</pc:TextLine>";
}

std::string region(const std::string& id, const std::string& inside) {
  return "<pc:TextRegion id=\"" + id + "\">" + inside + "</pc:TextRegion>";
}

std::string text_of(const std::string& document) { return parse_document(document).text; }

std::string refusal_of(const std::string& document) {
  return error_of(Errc::input_unreadable, [&] { parse_document(document); });
}

TEST(PageXml, LinesRegionsAndWhoMadeIt) {
  const Transcript page = parse_document(
      page_of(region("r1", line("Sehr geehrte &amp; liebe") + line("<![CDATA[Leser <1>]]>")) +
              region("r2", line("&#x17F;o &#228;hnlich"))));
  EXPECT_EQ(page.text, "Sehr geehrte & liebe\nLeser <1>\n\nſo ähnlich");
  EXPECT_EQ(page.format, TranscriptFormat::page);
  EXPECT_EQ(page.made_by, "by hand");
}

TEST(PageXml, ReadingOrderGoesBeforeDocumentOrder) {
  const std::string order =
      "<pc:ReadingOrder><pc:OrderedGroup id='g'>"
      "<pc:RegionRefIndexed index='10' regionRef='a'/>"
      "<pc:OrderedGroupIndexed index='2' id='h'><pc:RegionRefIndexed index='1' regionRef='b'/>"
      "<pc:RegionRefIndexed index='0' regionRef='c'/></pc:OrderedGroupIndexed>"
      "<pc:RegionRefIndexed index='1' regionRef='gone'/>"
      "</pc:OrderedGroup></pc:ReadingOrder>";
  const std::string regions = region("a", line("A")) + region("x", line("X")) +
                              region("b", line("B")) + region("c", line("C"));
  EXPECT_EQ(text_of(page_of(order + regions)), "C\n\nB\n\nA\n\nX");
  EXPECT_EQ(text_of(page_of(regions)), "A\n\nX\n\nB\n\nC");
}

TEST(PageXml, RegionsWithinRegionsAreWrittenOnce) {
  const std::string table = "<pc:TableRegion id='t'>" + region("t1", line("one")) +
                            region("t2", line("two")) + "</pc:TableRegion>";
  EXPECT_EQ(text_of(page_of(table)), "one\n\ntwo");
  EXPECT_EQ(text_of(page_of("<pc:ReadingOrder><pc:UnorderedGroup><pc:RegionRef regionRef='t2'/>"
                            "<pc:RegionRef regionRef='t'/><pc:RegionRef regionRef='t2'/>"
                            "</pc:UnorderedGroup></pc:ReadingOrder>" +
                            table)),
            "two\n\none");
}

TEST(PageXml, TheMainAlternativeIsTaken) {
  const std::string alternatives =
      "<pc:TextLine><pc:TextEquiv index='2'><pc:Unicode>second</pc:Unicode></pc:TextEquiv>"
      "<pc:TextEquiv index='1'><pc:Unicode>first</pc:Unicode></pc:TextEquiv></pc:TextLine>";
  EXPECT_EQ(text_of(page_of(region("r", alternatives))), "first");
}

TEST(PageXml, WordsGlyphsAndRegionsStandInForLines) {
  const std::string words = "<pc:TextLine><pc:Word>" + equiv("two") +
                            "</pc:Word><pc:Word><pc:Glyph>" + equiv("w") + "</pc:Glyph><pc:Glyph>" +
                            equiv("s") + "</pc:Glyph></pc:Word></pc:TextLine>";
  EXPECT_EQ(text_of(page_of(region("r", words))), "two ws");
  EXPECT_EQ(text_of(page_of(region("r", "<pc:TextLine/>" + equiv("all\nof it")))), "all\nof it");
  EXPECT_EQ(text_of(page_of(region("r", line("lines") + equiv("not this")))), "lines");
}

TEST(Alto, StringsHyphensAndMargins) {
  const std::string alto = R"(<alto xmlns="http://www.loc.gov/standards/alto/ns-v2#"><Layout><Page>
<TopMargin><TextBlock><TextLine><String CONTENT="head"/></TextLine></TextBlock></TopMargin>
<BottomMargin><TextBlock><TextLine><String CONTENT="foot"/></TextLine></TextBlock></BottomMargin>
<PrintSpace><ComposedBlock><TextBlock>
<TextLine><String CONTENT="a"/><SP/><String CONTENT="Zei" SUBS_TYPE="HypPart1" SUBS_CONTENT="Zeitung"/><HYP CONTENT="&#xAD;"/></TextLine>
<TextLine><String CONTENT="tung" SUBS_TYPE="HypPart2" SUBS_CONTENT="Zeitung"/><String CONTENT="end-"/><HYP CONTENT="-"/></TextLine>
</TextBlock></ComposedBlock></PrintSpace></Page></Layout></alto>)";
  const Transcript transcript = parse_document(alto);
  EXPECT_EQ(transcript.text, "head\n\na Zei-\ntung end-\n\nfoot");
  EXPECT_EQ(transcript.format, TranscriptFormat::alto);
}

std::string hocr_of(const std::string& inside) {
  return "<!DOCTYPE html [<!ENTITY x 'y'>]>\n<html "
         "xmlns='http://www.w3.org/1999/xhtml'><head/><body>"
         "<div class='ocr_page' id='p'>" +
         inside + "</div></body></html>";
}

TEST(Hocr, WordsByLineAndParagraph) {
  EXPECT_EQ(text_of(hocr_of("<p class='ocr_par'><span class='ocr_line'><span class='ocrx_word'>a"
                            "</span> <span class='x ocrx_word'><em>b</em>c</span></span>"
                            "<span class='ocr_caption'><span class='ocrx_word'>d</span></span></p>"
                            "<p class='ocr_par'><span class='ocr_line'>no <b>words</b>\n here"
                            "</span></p>")),
            "a bc\nd\n\nno words here");
  EXPECT_EQ(text_of(hocr_of("<p>only\ntext</p>")), "only text");
}

TEST(Documents, WhatTheyAreIsSaid) {
  EXPECT_TRUE(contains(refusal_of("<mets xmlns='http://www.loc.gov/METS/'/>"),
                       "is neither PAGE XML nor ALTO nor hOCR: its root is `mets` of `http"));
  EXPECT_TRUE(contains(refusal_of("<PcGts/>"), "its root is `PcGts` without a namespace"));
  EXPECT_EQ(refusal_of("<html><body>text</body></html>"),
            "is HTML, but not hOCR: no element has the class ocr_page");
  EXPECT_EQ(refusal_of("<alto><Layout><Page/><Page/></Layout></alto>"),
            "has 2 elements Page; only files with one page are supported");
  EXPECT_EQ(refusal_of("<alto/>"), "has no Page element");
}

TEST(Documents, WhatIsWrongIsSaidWithItsLine) {
  EXPECT_TRUE(
      refusal_of("<html>\n<p>\n</html>").starts_with("line 3: is not well-formed XML: an end tag"));
  EXPECT_TRUE(contains(refusal_of(""), "is not well-formed XML"));
  EXPECT_TRUE(contains(refusal_of("plain text"), "is not well-formed XML"));
  EXPECT_EQ(refusal_of("<alto>\n</alto>\n<alto/>"), "line 3: has a second root element");
  EXPECT_EQ(refusal_of("\xff\xfe<\0a\0"), "is not UTF-8 text");
  EXPECT_EQ(refusal_of(hocr_of("\n<p>&nbsp;</p>")), "line 3: unknown entity `&nbsp;`");
  EXPECT_EQ(refusal_of(hocr_of("a & b")), "line 2: unknown entity `& b;`");
  EXPECT_TRUE(contains(refusal_of(hocr_of("&#0;")), "`&#0;`"));
  EXPECT_TRUE(contains(refusal_of(hocr_of("&#xD800;")), "`&#xD800;`"));
}

TEST(Documents, EntitiesOfADocumentTypeAreNeverExpanded) {
  const std::string bomb =
      "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;'>"
      "<!ENTITY c SYSTEM 'file:///etc/passwd'>]>\n<html><body class='ocr_page'>";
  EXPECT_EQ(refusal_of(bomb + "&b;</body></html>"), "line 2: unknown entity `&b;`");
  EXPECT_EQ(refusal_of(bomb + "&c;</body></html>"), "line 2: unknown entity `&c;`");
}

TEST(Documents, DepthAndTagsAreLimited) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_TRUE(contains(refusal_of("<html>" + deep), "is not well-formed XML"));
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(refusal_of("<html>" + deep + "</html>"), "line 1: more than 256 nested elements");
  EXPECT_EQ(refusal_of(std::string(4'000'001, '<')), "has more tags than the limit of 4000000");
}

OcrResult ocr_result_of(const std::vector<std::vector<std::string>>& lines) {
  OcrResult ocr_result{.width = 1000, .height = 1000};
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t w = 0; w < lines[l].size(); ++w) {
      ocr_result.words.push_back({.text = lines[l][w],
                                  .confidence = 90,
                                  .right = 10,
                                  .bottom = 10,
                                  .block = 1,
                                  .paragraph = l < 2 ? 1 : 2,
                                  .line = static_cast<int>(l < 2 ? l + 1 : l - 1),
                                  .index = static_cast<int>(w) + 1});
    }
  }
  return ocr_result;
}

TEST(Documents, WhatOcrtuneWritesIsReadBack) {
  const OcrResult ocr_result =
      ocr_result_of({{"AT&T", "<b>", "é\"'"}, {"two"}, {"ſo", "]]>", "😀"}});
  const PageSource source{.name = "a.png", .program = "ocrtune 0.1"};
  const Transcript hocr = parse_document(hocr_text(ocr_result, source));
  EXPECT_EQ(hocr.text, "AT&T <b> é\"'\ntwo\n\nſo ]]> 😀");
  EXPECT_EQ(hocr.made_by, "ocrtune 0.1");
  const Transcript alto = parse_document(alto_text(ocr_result, source));
  EXPECT_EQ(alto.text, hocr.text);
  EXPECT_EQ(alto.made_by, "ocrtune 0.1");
  const Transcript page = parse_document(page_xml_text(ocr_result, source));
  EXPECT_EQ(page.text, hocr.text);
  EXPECT_EQ(page.made_by, "ocrtune 0.1");
}

TEST(Documents, SpacesAreWhereTheOcrResultHasThem) {
  OcrResult ocr_result = ocr_result_of({{"中", "文", "a"}, {"한", "국", "어"}, {"one"}});
  for (const std::size_t i : {1U, 4U}) ocr_result.words[i].space_before = false;
  const std::string text = "中文 a\n한국 어\none";
  const PageSource source{.name = "a.png", .program = "ocrtune 0.1"};
  for (const std::string& document : {hocr_text(ocr_result, source), alto_text(ocr_result, source),
                                      page_xml_text(ocr_result, source)}) {
    EXPECT_EQ(normalized_code_points(text_of(document)), normalized_code_points(text));
  }
  EXPECT_TRUE(contains(plain_text(ocr_result), "한국 어"));
  const OcrResult read = parse_tsv(tsv_text(ocr_result));
  EXPECT_FALSE(read.words[1].space_before);
  EXPECT_TRUE(read.words[2].space_before);
}

TEST(Documents, WithoutAnySpacesWordsAreApart) {
  const std::string strings =
      "<String CONTENT='one'/><String CONTENT='two'/><String CONTENT='中'/><String CONTENT='文'/>";
  EXPECT_EQ(text_of("<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout><Page>"
                    "<PrintSpace><TextBlock><TextLine>" +
                    strings + "</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"),
            "one two 中文");
  const auto word = [](const std::string& text) {
    return "<span class='ocrx_word'>" + text + "</span>";
  };
  const auto hocr = [](const std::string& words) {
    return "<html><body><div class='ocr_page'><span class='ocr_line'>" + words +
           "</span></div></body></html>";
  };
  EXPECT_EQ(text_of(hocr(word("one") + word("two") + word("中") + word("文"))), "one two 中文");
  EXPECT_EQ(text_of(hocr(word("one") + word("two") + " " + word("three"))), "onetwo three");
  EXPECT_EQ(text_of(hocr(word("one ") + word("two") + word(" three"))), "one two three");
  EXPECT_EQ(
      text_of(hocr("<p>" + word("one") + " " + word("two") + "</p><p>" + word("three") + "</p>")),
      "one two three");
  EXPECT_EQ(text_of(hocr(word("one") + "<br/>" + word("two") + " " + word("three"))),
            "one two three");
}

TEST(Documents, SpacesAreMarkedLineByLine) {
  const auto alto = [](const std::string& lines) {
    return text_of(
        "<alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout><Page>"
        "<PrintSpace><TextBlock>" +
        lines + "</TextBlock></PrintSpace></Page></Layout></alto>");
  };
  EXPECT_EQ(alto("<TextLine><String CONTENT='one'/><SP/><String CONTENT='two'/></TextLine>"
                 "<TextLine><String CONTENT='three'/><String CONTENT='four'/></TextLine>"),
            "one two\nthree four");
  EXPECT_EQ(alto("<TextLine><SP/><String CONTENT='one'/><String CONTENT='two'/></TextLine>"),
            "one two");
  EXPECT_EQ(alto("<TextLine><String CONTENT='one '/><String CONTENT='two'/><SP/>"
                 "<String CONTENT='three'/></TextLine>"),
            "one two three");
}

TEST(Documents, OfPagesWithoutAnySpaceComeBackToo) {
  OcrResult ocr_result = ocr_result_of({{"第", "12", "回"}});
  for (const std::size_t i : {1U, 2U}) ocr_result.words[i].space_before = false;
  const PageSource source{.name = "a.png", .program = "ocrtune 0.1"};
  EXPECT_EQ(text_of(hocr_text(ocr_result, source)), "第12回");
  EXPECT_EQ(text_of(alto_text(ocr_result, source)), "第12回");
  EXPECT_EQ(text_of(page_xml_text(ocr_result, source)), "第12回");
}

RC_GTEST_PROP(Documents, AnyWordsComeBack, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(test::any_bytes());
  const OcrResult ocr_result = ocr_result_of({words});
  const PageSource source{.name = "a.png", .program = "p"};
  const std::string text = parse_document(alto_text(ocr_result, source)).text;
  RC_ASSERT(parse_document(hocr_text(ocr_result, source)).text == text);
  RC_ASSERT(parse_document(page_xml_text(ocr_result, source)).text == text);
  RC_ASSERT(is_utf8(text));
}

TEST(TranscriptFiles, TheNameSaysWhatToExpect) {
  const TempFolder folder;
  EXPECT_EQ(read_transcript(folder.write("a.gt.txt", "\xEF\xBB\xBF<html> it says\n")).text,
            "<html> it says\n");
  EXPECT_EQ(
      read_transcript(folder.write("a.XML", "\xEF\xBB\xBF" + page_of(region("r", line("x"))))).text,
      "x");
  const auto bad = folder.write("b.xml", "<mets/>");
  EXPECT_TRUE(contains(error_of(Errc::input_unreadable, [&] { read_transcript(bad); }),
                       "b.xml: is neither"));
  EXPECT_FALSE(read_known_document(bad));
  const auto cut = folder.write("c.xml", "<mets>");
  EXPECT_TRUE(contains(error_of(Errc::input_unreadable, [&] { read_known_document(cut); }),
                       "c.xml: line 1: is not well-formed XML"));
  const auto large = folder.write("d.xml", std::string(32'000'001, ' '));
  EXPECT_TRUE(
      contains(error_of(Errc::input_unreadable, [&] { read_transcript(large); }), "is too large"));
}

}  // namespace
}  // namespace ocrtune
