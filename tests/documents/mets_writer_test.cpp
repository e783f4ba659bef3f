#include "ocrtune/documents/mets_writer.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const std::vector<MetsPage> kPages{
    {.number = 1,
     .label = "<i> & \"r\"",
     .files = {{"OCR-D-IMG", "image/png", "a&b.png"}, {"OCR-D-OCR", "x/y", "page/a&b.xml"}}},
    {.number = 12, .label = "", .files = {{"OCR-D-IMG", "image/jpeg", "c.jpg"}}}};

TEST(MetsWriter, GroupsHaveTheFilesAndPagesPointToThem) {
  const std::string text = mets_text(kPages, "ocrtune <1>");
  EXPECT_TRUE(has(text, "<mets:name>ocrtune &lt;1&gt;</mets:name>"));
  const std::size_t images = text.find("<mets:fileGrp USE=\"OCR-D-IMG\">");
  const std::size_t results = text.find("<mets:fileGrp USE=\"OCR-D-OCR\">");
  ASSERT_LT(images, results);
  const std::string of_images = text.substr(images, results - images);
  EXPECT_TRUE(has(of_images, "<mets:file ID=\"OCR-D-IMG_0001\" MIMETYPE=\"image/png\">"));
  EXPECT_TRUE(has(of_images, "xlink:href=\"a&amp;b.png\""));
  EXPECT_TRUE(has(of_images, "xlink:href=\"c.jpg\""));
  EXPECT_FALSE(has(of_images, "page/"));
  const std::string structure = text.substr(text.find("<mets:structMap TYPE=\"PHYSICAL\">"));
  const std::size_t second = structure.find("ID=\"P_0012\" ORDER=\"12\">");
  ASSERT_NE(second, std::string::npos);
  const std::string first = structure.substr(0, second);
  EXPECT_TRUE(has(first, "ORDERLABEL=\"&lt;i&gt; &amp; &quot;r&quot;\""));
  EXPECT_TRUE(has(first, "FILEID=\"OCR-D-IMG_0001\""));
  EXPECT_TRUE(has(first, "FILEID=\"OCR-D-OCR_0001\""));
  EXPECT_TRUE(has(structure.substr(second), "FILEID=\"OCR-D-IMG_0012\""));
}

}  // namespace
}  // namespace ocrtune
