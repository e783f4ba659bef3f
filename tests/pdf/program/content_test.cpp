// Content streams without the invisible text of earlier OCR.

#include "ocrtune/pdf/program/content.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ocrtune {
namespace {

using Names = std::set<std::string>;

TEST(VisibleContent, OfAPageWithoutInvisibleTextIsWhatItWas) {
  const std::string page =
      "% (not) text\nq 1 0 0 1 0 0 cm /Im Do Q\nBT /F1 12 Tf (a \\( b (c)) Tj [<0041> 3 (d)] TJ "
      "ET\n"
      "BI /W 1 /H 1 ID \x01 3 Tr (x) Tj EI 0 0 m";
  const VisibleContent visible = visible_content(page);
  EXPECT_EQ(visible.content, page);
  EXPECT_FALSE(visible.changed);
  EXPECT_EQ(visible.shown, 10U + 2U + 1U);
  EXPECT_EQ(visible.drawn, Names{"Im"});
  EXPECT_TRUE(visible.gone.empty());
}

TEST(VisibleContent, HasNoGroupOfInvisibleText) {
  const VisibleContent visible = visible_content(
      "q 2 0 0 2 0 0 cm /Im Do Q q 1 0 0 1 0 0 cm BT 3 Tr /F0 9 Tf 1 0 0 1 5 5 Tm <0041> Tj ET Q");
  EXPECT_EQ(visible.content, "q 2 0 0 2 0 0 cm /Im Do Q");
  EXPECT_TRUE(visible.changed);
  EXPECT_EQ(visible.gone, Names{"F0"});
  EXPECT_EQ(visible.shown, 0U);
}

TEST(VisibleContent, KeepsTheStateThatInvisibleTextLeaves) {
  const VisibleContent visible = visible_content(
      "BT 3 Tr /F0 9 Tf 3 4 (gone) \" (gone) ' 0 Tr (here) Tj 3 Tr ET q 0 Tr BT (too) Tj ET Q BT "
      "(gone) Tj ET");
  EXPECT_EQ(visible.content,
            "BT 3 Tr /F0 9 Tf\n3 Tw 4 Tc T*\nT* 0 Tr (here) Tj 3 Tr ET q 0 Tr BT (too) Tj ET Q BT "
            "ET");
  EXPECT_EQ(visible.shown, 7U);
  EXPECT_TRUE(visible.gone.empty()) << "the font shows text too";
}

TEST(VisibleContent, EndsAGroupThatIsOpen) {
  EXPECT_EQ(visible_content("Q Q q BT 3 Tr (a) Tj").content, "Q Q q BT 3 Tr");
  EXPECT_EQ(visible_content("(open \\").content, "(open \\");
  EXPECT_EQ(visible_content("<41").content, "<41");
  EXPECT_EQ(visible_content("Tf Tr Do \" '").content, "Tf Tr Do \" '");
}

RC_GTEST_PROP(VisibleContentProperty, OfAnythingIsNotChangedTwice, ()) {
  const auto tokens = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "q", "Q", "BT", "ET", "3 Tr", "0 Tr", "(a)", "(", ")", "<41>", "<", "Tj", "'", "\"", "[", "]",
      "/F 1 Tf", "/X Do", "BI", "ID", "EI", "%", "\n", "1 2 3"));
  std::string content;
  for (const std::string& token : tokens) content += token + " ";
  const VisibleContent once = visible_content(content);
  RC_ASSERT(once.changed || once.content == content);
  RC_ASSERT(visible_content(once.content).shown == once.shown);
}

}  // namespace
}  // namespace ocrtune
