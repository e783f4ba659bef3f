// Where the text of a page is, and whether it can be seen.

#include "ocrtune/pdf/program/shown_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ocrtune/pdf/program/text_position.h"

namespace ocrtune {
namespace {

constexpr PdfBox kPage{0, 0, 200, 100};

/// A page of 200 × 100 pt. Letters of /F are half as wide as high, those of /W 1 and 2 ems.
std::string sample(const std::string& further = "") {
  return "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n"
         "2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R]>> endobj\n"
         "3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources << /Font << "
         "/F <</Subtype /Type1 /FirstChar 65 /Widths [500 500 500]>> "
         "/None <</Subtype /Type1 /BaseFont /ABCDEF+GlyphLessFont>> "
         "/W <</Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<</DW 1000 /W [5 [2000] 7 9 "
         "3000]>>]>> >> " +
         further + " >> >> endobj\ntrailer <</Root 1 0 R>>\n";
}

ShownText shown(
    std::string_view content, const std::string& pdf = sample(),
    const Lightness& lightness = [](const PdfBox&) { return 1.0; }) {
  QpdfFile file(std::as_bytes(std::span(pdf)));
  OptionalContent layers(file);
  const PageDrawing drawing =
      page_drawing(file, layers, file.key(file.page(0), "/Resources"), content, kPage);
  return shown_text(drawing, kPage, lightness);
}

std::string sides(const ShownText& text) {
  std::string all;
  for (const PdfBox& box : text.boxes) all += fmt::format("{:.0f}-{:.0f} ", box.left, box.right);
  return all;
}

TEST(ShownText, IsWhereTheFontSays) {
  const ShownText text = shown("BT /F 10 Tf 2 0 0 2 20 30 Tm (AB) Tj (C) Tj ET");
  EXPECT_EQ(sides(text), "20-40 40-50 ");
  EXPECT_NEAR(text.boxes[0].bottom, 30 - 0.22 * 20, 0.01);
  EXPECT_NEAR(text.boxes[0].top, 30 + 0.75 * 20, 0.01);
  EXPECT_EQ(sides(shown("BT /F 10 Tf 10 20 Td [(A) 100 (A) -9000 (\\102)] TJ ET")),
            "10-19 109-114 ");
  EXPECT_EQ(sides(shown("BT /W 10 Tf 10 20 Td <0005000600080001> Tj ET")), "10-80 ");
  EXPECT_EQ(sides(shown("BT /F 10 Tf 200 Tz 1 Tc 10 20 Td (AA) Tj ET")), "10-34 ");
  EXPECT_EQ(sides(shown("BT /F 10 Tf 12 TL 10 60 Td (A) Tj 0 3 (AA) \" ET")), "10-15 10-26 ");
}

TEST(ShownText, OfBytesThatAreWrittenInAnyWay) {
  EXPECT_EQ(string_bytes("(a\\(b\\)\\n\\101\\\nc\\q)"), "a(b)\nAcq");
  EXPECT_EQ(string_bytes("<41 4>"), "A@");
  EXPECT_EQ(string_bytes("(open"), "open");
  EXPECT_EQ(string_bytes("<<"), "");
  EXPECT_EQ(string_bytes(""), "");
  EXPECT_EQ(string_bytes("(\\"), "\\");
}

TEST(ShownText, IsNotWhatTheStateHides) {
  const std::string at = "BT /F 10 Tf 20 30 Td ";
  EXPECT_EQ(sides(shown(at + "3 Tr (A) Tj 0 Tr (A) Tj ET")), "25-30 ");
  EXPECT_EQ(sides(shown("q 3 Tr Q " + at + "(A) Tj ET")), "20-25 ");
  EXPECT_EQ(sides(shown("BT /None 10 Tf 20 30 Td (A) Tj ET")), "");
  EXPECT_EQ(sides(shown("q 0 0 9 9 re W n " + at + "(A) Tj ET Q " + at + "(A) Tj ET")), "20-25 ");
  EXPECT_EQ(sides(shown("0 0 m 0 0 l W n " + at + "(A) Tj ET")), "");
  EXPECT_EQ(sides(shown(at + "0 400 Td (A) Tj ET")), "");
  EXPECT_EQ(sides(shown(".001 0 0 .001 50 50 cm " + at + "(AAAA) Tj ET")), "");
  const std::string clear = sample("/ExtGState << /G << /ca 0 >> >>");
  EXPECT_EQ(sides(shown("/G gs " + at + "(A) Tj 1 Tr (A) Tj ET", clear)), "25-30 ");
}

TEST(ShownText, IsNotWhatLiesUnderSomething) {
  const std::string text = "BT /F 10 Tf 20 30 Td (AAAA) Tj ET ";
  EXPECT_EQ(sides(shown(text + "0 0 100 100 re f")), "");
  EXPECT_EQ(sides(shown("0 0 100 100 re f " + text)), "20-40 ");
  EXPECT_EQ(sides(shown(text + "0 0 30 100 re f")), "20-40 ") << "half of it";
  EXPECT_EQ(sides(shown(text + "0 0 30 100 re 30 0 70 100 re f")), "");
  EXPECT_EQ(sides(shown(text + "0 0 m 99 0 l 99 99 l 0 90 l f")), "20-40 ") << "any shape";
  EXPECT_EQ(sides(shown(text + "0 0 m 99 0 l 99 99 l 0 99 l h f")), "") << "lines";
  EXPECT_EQ(sides(shown(text + "0 0 m 0 99 l 99 99 l 99 0 l 0 0 l f")), "");
  EXPECT_EQ(sides(shown(text + "0 0 m 99 0 l 99 99 l 0 99 l 0 0 m 9 9 l f")), "20-40 ");
  EXPECT_EQ(sides(shown(text + "q 0 0 m 99 0 l 99 99 l 0 99 l h W n 0 0 99 99 re f Q")), "");
  EXPECT_EQ(sides(shown(text + "q 0 0 22 90 re W n 0 0 99 99 re f Q")), "20-40 ") << "clipped";
  EXPECT_EQ(sides(shown(text + "0 0 100 100 re S")), "20-40 ") << "a frame";
  EXPECT_EQ(sides(shown(text + "q 1 .1 -.1 1 0 0 cm 0 0 100 100 re f Q")), "") << "leans";
  const std::string clear = sample("/ExtGState << /G << /ca .5 >> /M << /BM /Multiply >> >>");
  EXPECT_EQ(sides(shown(text + "/G gs 0 0 100 100 re f", clear)), "20-40 ");
  EXPECT_EQ(sides(shown(text + "/M gs 0 0 100 100 re f", clear)), "20-40 ");
  EXPECT_EQ(sides(shown(text + "q 200 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q")), "");
  EXPECT_EQ(sides(shown(text + "q 200 0 0 100 0 0 cm BI /W 1 /H 1 /IM true ID x EI Q")), "20-40 ");
}

TEST(ShownText, IsNotLightOnLight) {
  const std::string text = "BT /F 10 Tf 20 30 Td (A) Tj ET ";
  const Lightness dark = [](const PdfBox&) { return 0.1; };
  EXPECT_EQ(sides(shown("1 g " + text, sample(), dark)), "") << "on paper";
  EXPECT_EQ(sides(shown("0 0 99 99 re f 1 g " + text, sample(), dark)), "20-25 ");
  EXPECT_EQ(sides(shown("0 0 99 99 re f 1 1 .9 rg " + text)), "");
  EXPECT_EQ(sides(shown("0 0 99 99 re f /DeviceRGB cs 1 1 1 sc " + text)), "");
  EXPECT_EQ(sides(shown("0 0 99 99 re f .5 g " + text)), "20-25 ");
  EXPECT_EQ(sides(shown("1 1 0 rg " + text)), "20-25 ") << "yellow";
  EXPECT_EQ(sides(shown("/Spot cs 1 scn " + text)), "20-25 ") << "of an unknown colour";
  const Lightness unknown = [](const PdfBox&) { return std::optional<double>(); };
  EXPECT_EQ(sides(shown("0 0 99 99 re f 1 g " + text, sample(), unknown)), "20-25 ");
}

TEST(ShownText, SaysWhichOperatorsShowNone) {
  using Hidden = std::vector<bool>;
  const ShownText text = shown("BT /F 9 Tf 9 9 Td (A) Tj 3 Tr (A) Tj (A) ' 0 Tr () Tj ET");
  EXPECT_EQ(text.hidden.at(0), (Hidden{false, true, true, false}));
}

TEST(ShownText, OfAPageThatDrawsTooMuchIsAllOfIt) {
  std::string content;
  for (int i = 0; i < 110'000; ++i) content += "(A) Tj ";
  const ShownText text = shown(content);
  EXPECT_EQ(sides(text), "0-200 ");
  EXPECT_TRUE(text.hidden.empty());
  EXPECT_EQ(sides(shown(std::string(30'000, 'q'))), "") << "one token";
  std::string groups;
  for (int i = 0; i < 20'000; ++i) groups += "q ";
  EXPECT_EQ(sides(shown(groups)), "0-200 ");
}

TEST(ShownText, OfAnythingEnds) {
  for (const char* content :
       {"Tf Tj TJ ' \" Td Tm cm gs cs sc scn Do re W n EMC BDC Q ET", "/F 1e300 Tf (A) Tj",
        "1e300 0 0 1e300 0 0 cm 1e300 0 0 1e300 0 0 cm BT /F 9 Tf (A) Tj", "BT /X 9 Tf (A) Tj",
        "[ ( ( ) Tj", "/P gs /P cs /P scn (A) Tj", "/OC /P BDC (A) Tj"}) {
    const ShownText text = shown(content);
    EXPECT_LE(text.boxes.size(), 1U) << content;
  }
}

}  // namespace
}  // namespace ocrtune
