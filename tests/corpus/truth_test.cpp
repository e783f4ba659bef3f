#include "ocrtune/corpus/truth.h"

#include <gtest/gtest.h>

#include "support/errors.h"
#include "support/temp_folder.h"

namespace ocrtune {
namespace {

using test::TempFolder;

std::string page_xml(const std::string& text, const std::string& creator = "Aletheia") {
  return "<PcGts xmlns='http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15'><Metadata>"
         "<Creator>" +
         creator + "</Creator></Metadata><Page><TextRegion id='r'><TextLine><TextEquiv><Unicode>" +
         text + "</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>";
}

std::optional<std::string> text_beside(const std::filesystem::path& file, int index, int count) {
  const auto truth = truth_beside(file, index, count);
  return truth ? std::optional(truth->text) : std::nullopt;
}

std::string hocr(const std::string& head) {
  return "<html><head>" + head + "</head><body class='ocr_page'>typed</body></html>";
}

TEST(Truth, WhatSaysThatItIsTruthGoesFirst) {
  const TempFolder folder;
  const auto image = folder.path() / "a.b.png";
  EXPECT_FALSE(text_beside(image, 0, 1));
  folder.write("page/a.b.xml", page_xml("exported"));
  EXPECT_EQ(text_beside(image, 0, 1), "exported");
  folder.write("a.b.xml", page_xml("beside"));
  EXPECT_EQ(text_beside(image, 0, 1), "beside");
  folder.write("a.b.gt.xml", page_xml("truth", "tesseract"));
  EXPECT_EQ(text_beside(image, 0, 1), "truth");
  EXPECT_EQ(truth_beside(image, 0, 1)->file, folder.path() / "a.b.gt.xml");
  folder.write("a.b.gt.txt", "typed\n");
  EXPECT_EQ(text_beside(image, 0, 1), "typed\n");
  EXPECT_EQ(truth_beside(image, 0, 1)->file, folder.path() / "a.b.gt.txt");
}

TEST(Truth, PagesOfAFileHaveTheirOwn) {
  const TempFolder folder;
  folder.write("a.2.xml", page_xml("second"));
  folder.write("a.xml", page_xml("not for a file of several pages"));
  EXPECT_FALSE(text_beside(folder.path() / "a.tif", 0, 3));
  EXPECT_EQ(text_beside(folder.path() / "a.tif", 1, 3), "second");
}

TEST(Truth, WhatProgramsReadIsNone) {
  const TempFolder folder;
  const auto image = folder.path() / "a.png";
  folder.write("a.xml", page_xml("read", "ocrtune 0.1.0, reader lstm"));
  EXPECT_FALSE(text_beside(image, 0, 1));
  folder.write("a.hocr", hocr("<meta name='ocr-system' content='any'/>"));
  EXPECT_FALSE(text_beside(image, 0, 1));
  folder.write("a.hocr", hocr(""));
  EXPECT_EQ(text_beside(image, 0, 1), "typed");
  EXPECT_TRUE(is_ocr_program("ABBYY FineReader Engine 12"));
  EXPECT_FALSE(is_ocr_program("eScriptorium"));
}

TEST(Truth, XmlWithoutTextIsLeftOutUnlessItSaysThatItIsTruth) {
  const TempFolder folder;
  const auto image = folder.path() / "a.png";
  folder.write("a.xml", "<mets/>");
  EXPECT_FALSE(text_beside(image, 0, 1));
  folder.write("a.xml", page_xml(" "));
  EXPECT_FALSE(text_beside(image, 0, 1));
  folder.write("a.page.xml", "");
  EXPECT_FALSE(text_beside(image, 0, 1));
  folder.write("a.gt.xml", page_xml(" "));
  EXPECT_EQ(text_beside(image, 0, 1), "");
  folder.write("a.gt.xml", "<mets/>");
  EXPECT_TRUE(
      test::contains(test::error_of(Errc::input_unreadable, [&] { text_beside(image, 0, 1); }),
                     "a.gt.xml: is neither PAGE XML nor ALTO nor hOCR"));
}

}  // namespace
}  // namespace ocrtune
