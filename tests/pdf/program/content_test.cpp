// Content streams without some of their text, as that of earlier OCR.

#include "ocrtune/pdf/program/content.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace ocrtune {
namespace {

using Names = std::set<std::string>;

TEST(WithoutText, OfAPageWithoutHiddenTextIsWhatItWas) {
  const std::string page =
      "% (not) text\nq 1 0 0 1 0 0 cm /Im Do Q\nBT /F1 12 Tf (a \\( b (c)) Tj [<0041> 3 (d)] TJ "
      "ET\n"
      "BI /W 1 /H 1 ID \x01 3 Tr (x) Tj EI 0 0 m";
  const RestOfContent rest = without_text(page, {false, false});
  EXPECT_EQ(rest.content, page);
  EXPECT_EQ(rest.fonts, Names{"/F1"});
  EXPECT_TRUE(rest.gone.empty());
  EXPECT_EQ(without_text(page, {}).content, page) << "what is missing is not hidden";
}

TEST(WithoutText, HasNoGroupOfHiddenText) {
  const RestOfContent rest = without_text(
      "q 2 0 0 2 0 0 cm /Im Do Q q 1 0 0 1 0 0 cm BT 3 Tr /F0 9 Tf 1 0 0 1 5 5 Tm <0041> Tj ET Q",
      {true});
  EXPECT_EQ(rest.content, "q 2 0 0 2 0 0 cm /Im Do Q");
  EXPECT_EQ(rest.gone, Names{"/F0"});
  EXPECT_TRUE(rest.fonts.empty());
}

TEST(WithoutText, KeepsTheStateThatHiddenTextLeaves) {
  const RestOfContent rest = without_text(
      "BT 3 Tr /F0 9 Tf 3 4 (gone) \" (gone) ' 0 Tr (here) Tj 3 Tr ET q 0 Tr BT (too) Tj ET Q BT "
      "(gone) Tj ET",
      {true, true, false, false, true});
  EXPECT_EQ(rest.content,
            "BT 3 Tr /F0 9 Tf\n3 Tw 4 Tc T*\nT* 0 Tr (here) Tj 3 Tr ET q 0 Tr BT (too) Tj ET Q BT "
            "ET");
  EXPECT_TRUE(rest.gone.empty()) << "the font is selected";
}

TEST(WithoutText, EndsAGroupThatIsOpen) {
  EXPECT_EQ(without_text("Q Q q BT 3 Tr (a) Tj", {true}).content, "Q Q q BT 3 Tr");
  EXPECT_EQ(without_text("(open \\", {true}).content, "(open \\");
  EXPECT_EQ(without_text("<41", {true}).content, "<41");
  EXPECT_EQ(without_text("Tf Tr Do \" '", {}).content, "Tf Tr Do \" '");
}

TEST(InvisibleContent, HasOnlyTextOfMode3) {
  EXPECT_EQ(invisible_content("q /Im Do Q BT (shown) Tj 3 Tr (kept) Tj ET 0 0 9 9 re f"),
            "q Q BT 3 Tr (kept) Tj ET");
}

RC_GTEST_PROP(WithoutTextProperty, OfAnythingSelectsWhatItSelectedBefore, ()) {
  const auto tokens = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "q", "Q", "BT", "ET", "3 Tr", "0 Tr", "(a)", "(", ")", "<41>", "<", "Tj", "'", "\"", "[", "]",
      "/F 1 Tf", "/X Do", "BI", "ID", "EI", "%", "\n", "1 2 3"));
  std::string content;
  for (const std::string& token : tokens) content += token + " ";
  const RestOfContent same = without_text(content, {});
  RC_ASSERT(same.content == content);
  RC_ASSERT(same.gone.empty());
  const RestOfContent less = without_text(content, std::vector<bool>(tokens.size(), true));
  for (const std::string& font : less.fonts) RC_ASSERT(same.fonts.contains(font));
}

}  // namespace
}  // namespace ocrtune
