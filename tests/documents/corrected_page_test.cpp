#include "ocrtune/documents/corrected_page.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "ocrtune/documents/transcript.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::contains;

std::string page(const std::string& regions) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- by hand -->
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
  <Metadata><Creator>A &amp; B</Creator></Metadata>
  <Page imageFilename='say "a".png' imageWidth="9" imageHeight="9">)" +
         regions + "</Page>\n</PcGts>\n";
}

constexpr const char* kTwoLines = R"(
    <TextRegion id="r"><Coords points="0,0 9,9"/>
      <TextLine id="l1"><Coords points="0,0 9,4"/>
        <Word id="w1"><Coords points="0,0 4,4"/><Glyph id="g"/><TextEquiv conf="0.5"><Unicode>olb</Unicode></TextEquiv></Word>
        <Word id="w2"><Coords points="5,0 9,4"/><TextEquiv><Unicode>&amp;word</Unicode></TextEquiv></Word>
        <TextEquiv conf="0.7"><PlainText>olb word</PlainText><Unicode>olb &amp;word</Unicode></TextEquiv>
      </TextLine>
      <TextLine id="l2"><Coords points="0,5 9,9"/><TextEquiv index="1"><Unicode>other</Unicode></TextEquiv><TextEquiv index="0"><Unicode>second</Unicode></TextEquiv></TextLine>
      <TextEquiv><Unicode>olb &amp;word
second</Unicode></TextEquiv>
    </TextRegion>)";

std::string refusal(Errc code, const std::string& xml, const std::string& text) {
  return test::error_of(code, [&] { (void)corrected_page(xml, text); });
}

TEST(CorrectedPage, IsTheFileWhereNothingHasChanged) {
  const std::string xml = page(kTwoLines);
  std::string same = corrected_page(xml, "olb &word\nsecond\n");
  const std::string_view quoted = R"("say &quot;a&quot;.png")";
  const std::size_t at = same.find(quoted);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(same.replace(at, quoted.size(), R"('say "a".png')"), xml);
}

TEST(CorrectedPage, HasTheCorrectedLines) {
  const std::string changed = corrected_page(page(kTwoLines), "\n  old  <word \n\nsecond\n");
  EXPECT_EQ(parse_document(changed).text, "old <word\nsecond");
  EXPECT_TRUE(contains(changed, "<Unicode>old &lt;word</Unicode>"));
  EXPECT_TRUE(contains(changed, "<Unicode>old &lt;word\nsecond</Unicode>"));  // of the region
  EXPECT_TRUE(contains(changed, "<Unicode>other</Unicode>"));
  EXPECT_FALSE(contains(changed, "conf="));
  EXPECT_FALSE(contains(changed, "PlainText"));
  EXPECT_FALSE(contains(changed, "Glyph"));
  EXPECT_TRUE(contains(
      changed, R"(<Word id="w1"><Coords points="0,0 4,4"/><TextEquiv><Unicode>old</Unicode>)"));
}

TEST(CorrectedPage, HasNoAlternativesOfWordsThatWereCorrected) {
  const std::string changed = corrected_page(
      page(
          R"(<TextRegion id="r"><TextLine id="l"><Word id="w"><TextEquiv index="0" conf="0.5"><Unicode>olb</Unicode></TextEquiv><TextEquiv index="1"><Unicode>ald</Unicode></TextEquiv></Word></TextLine></TextRegion>)"),
      "old");
  EXPECT_FALSE(contains(changed, "ald"));
  EXPECT_TRUE(contains(changed, R"(<TextEquiv index="0"><Unicode>old</Unicode>)"));
}

TEST(CorrectedPage, HasNoWordsWhereTheirNumberHasChanged) {
  const std::string changed = corrected_page(page(kTwoLines), "one old word\nsecond");
  EXPECT_FALSE(contains(changed, "<Word"));
  EXPECT_EQ(parse_document(changed).text, "one old word\nsecond");
}

TEST(CorrectedPage, SetsTheTextOfLinesThatHaveItInWords) {
  const std::string xml = page(
      R"(<pc:TextRegion id="r"><pc:TextLine><pc:Word><pc:TextEquiv><pc:Unicode>a</pc:Unicode></pc:TextEquiv></pc:Word><pc:TextStyle/></pc:TextLine></pc:TextRegion>)");
  const std::string changed = corrected_page(xml, "b c");
  EXPECT_TRUE(contains(
      changed,
      "<pc:TextLine><pc:TextEquiv><pc:Unicode>b c</pc:Unicode></pc:TextEquiv><pc:TextStyle/>"));
}

TEST(CorrectedPage, SetsTheTextOfRegionsWithoutLines) {
  const std::string xml =
      page("<TextRegion id=\"r\"><TextEquiv><Unicode>one\ntwo</Unicode></TextEquiv></TextRegion>");
  EXPECT_EQ(parse_document(corrected_page(xml, "one\n2")).text, "one\n2");
}

TEST(CorrectedPage, KeepsTheNumberOfLines) {
  EXPECT_TRUE(contains(refusal(Errc::invalid_argument, page(kTwoLines), "one"),
                       "has 2 lines with text, and the corrected text has 1"));
  EXPECT_TRUE(contains(refusal(Errc::invalid_argument, page(kTwoLines), "a\nb\nc"), "has 3"));
  EXPECT_TRUE(contains(
      refusal(Errc::input_unreadable,
              "<html xmlns='http://www.w3.org/1999/xhtml'><div class='ocr_page'/></html>", ""),
      "PAGE XML"));
}

RC_GTEST_PROP(CorrectedPage, HasWhateverLinesAreTyped, (const std::vector<std::string>& typed)) {
  std::string regions;
  std::string text;
  for (const std::string& line : typed) {
    std::string plain;
    for (const char c : line)
      if (c > ' ' || c == ' ') plain += c;
    const std::string wanted = "x" + plain + "<&>\"'é";
    regions +=
        "<TextRegion><TextLine><TextEquiv><Unicode>was</Unicode></TextEquiv></TextLine></"
        "TextRegion>";
    text += wanted + "\n";
  }
  const std::string changed = corrected_page("\xEF\xBB\xBF" + page(regions), text);
  RC_ASSERT(changed.starts_with("\xEF\xBB\xBF<?xml"));
  RC_ASSERT(corrected_page(changed, text) == changed);
}

RC_GTEST_PROP(CorrectedPage, OfAnyFileIsAPageOrRefused, ()) {
  std::string xml = page(kTwoLines);
  for (int changes = *rc::gen::inRange(0, 4); changes > 0; --changes) {
    const auto at = *rc::gen::inRange<std::size_t>(0, xml.size());
    const auto length = *rc::gen::inRange<std::size_t>(0, 30);
    xml.replace(at, length,
                *rc::gen::element<std::string>("", "<", ">", "\"", "'", "&", "</TextLine>",
                                               "<Word>", "]]>", "<![CDATA["));
  }
  try {
    const std::string changed = corrected_page(xml, "a b\nc");
    RC_ASSERT(parse_document(changed).format == TranscriptFormat::page);
  } catch (const Error& error) {
    RC_ASSERT(error.code() == Errc::input_unreadable || error.code() == Errc::invalid_argument);
  }
}

}  // namespace
}  // namespace ocrtune
