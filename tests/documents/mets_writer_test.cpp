#include "ocrtune/documents/mets_writer.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

namespace ocrtune {
namespace {

TEST(MetsWriter, GroupsHaveTheFilesAndPagesPointToThem) {
  const std::string text = mets_text(
      {{.number = 1,
        .label = "<i> & \"r\"",
        .files = {{"OCR-D-IMG", "image/png", "a&b.png"}, {"OCR-D-OCR", "x/y", "page/a&b.xml"}}},
       {.number = 12, .label = "", .files = {{"OCR-D-IMG", "image/jpeg", "c.jpg"}}}},
      "ocrtune <1>");
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(text.c_str()));
  const pugi::xml_node root = document.child("mets:mets");
  EXPECT_STREQ(root.select_node("mets:metsHdr/mets:agent/mets:name").node().child_value(),
               "ocrtune <1>");
  const auto groups = root.select_nodes("mets:fileSec/mets:fileGrp");
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_STREQ(groups[0].node().attribute("USE").value(), "OCR-D-IMG");
  EXPECT_EQ(groups[0].node().select_nodes("mets:file").size(), 2U);
  const auto pages = root.select_nodes("mets:structMap[@TYPE='PHYSICAL']/mets:div/mets:div");
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_STREQ(pages[0].node().attribute("ORDERLABEL").value(), "<i> & \"r\"");
  EXPECT_FALSE(pages[1].node().attribute("ORDERLABEL"));
  EXPECT_STREQ(pages[1].node().attribute("ORDER").value(), "12");
  std::vector<std::string> places;
  for (const auto& pointer : root.select_nodes("//mets:fptr")) {
    const std::string id = pointer.node().attribute("FILEID").value();
    const auto files = root.select_nodes(("//mets:file[@ID='" + id + "']/mets:FLocat").c_str());
    ASSERT_EQ(files.size(), 1U) << id;
    places.emplace_back(files[0].node().attribute("xlink:href").value());
  }
  EXPECT_EQ(places, (std::vector<std::string>{"a&b.png", "page/a&b.xml", "c.jpg"}));
}

}  // namespace
}  // namespace ocrtune
