#include "ocrtune/base/grapheme_clusters.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ocrtune {
namespace {

using Clusters = std::vector<std::u32string_view>;

TEST(GraphemeClusters, AreCodePointsInPlainText) {
  EXPECT_TRUE(are_code_points_clusters(U"Straße, été"));
  EXPECT_EQ(grapheme_clusters(U"aé字"), (Clusters{U"a", U"é", U"字"}));
  EXPECT_TRUE(grapheme_clusters(U"").empty());
}

TEST(GraphemeClusters, AreLettersWithTheirMarks) {
  EXPECT_FALSE(are_code_points_clusters(U"नि"));
  EXPECT_EQ(grapheme_clusters(U"नि"), (Clusters{U"नि"}));
  EXPECT_EQ(grapheme_clusters(U"ที่นี่"), (Clusters{U"ที่", U"นี่"}));
  EXPECT_EQ(grapheme_clusters(U"x\u0323\u0307y"), (Clusters{U"x\u0323\u0307", U"y"}));
}

RC_GTEST_PROP(GraphemeClusters, TogetherAreTheText, (const std::vector<std::uint16_t>& units)) {
  std::u32string text;
  for (const std::uint16_t unit : units)
    text += static_cast<char32_t>(unit < 0xD800 ? unit : 0x1F468);
  std::u32string together;
  for (const std::u32string_view cluster : grapheme_clusters(text)) {
    RC_ASSERT(!cluster.empty());
    together += cluster;
  }
  RC_ASSERT(together == text);
}

}  // namespace
}  // namespace ocrtune
