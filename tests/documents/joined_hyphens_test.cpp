#include "ocrtune/documents/joined_hyphens.h"

#include <gtest/gtest.h>

#include <string>

namespace ocrtune {
namespace {

TEST(JoinedHyphens, WordsAtTheEndsOfLinesAreWhole) {
  EXPECT_EQ(with_joined_hyphens("the recog-\nnition of text\n"), "the recognition\nof text\n");
  EXPECT_EQ(with_joined_hyphens("Zei\u00AD\nlen, und"), "Zeilen,\nund");
  EXPECT_EQ(with_joined_hyphens("Zei\u2E17\nlen\n"), "Zeilen\n");
  EXPECT_EQ(with_joined_hyphens("à l’épo\u2010\nque où"), "à l’époque\noù");
}

TEST(JoinedHyphens, AWordMayGoOverSeveralLines) {
  EXPECT_EQ(with_joined_hyphens("in-\nter-\nnational law"), "international\nlaw");
}

TEST(JoinedHyphens, OtherDashesStay) {
  for (const std::string text : {"Smith-\nJones came", "1914-\n1918", "so -\nhe said",
                                 "so—\nhe said", "end-\n\nnew", "end-", "end-\n", "-\na", "\n", ""})
    EXPECT_EQ(with_joined_hyphens(text), text);
}

}  // namespace
}  // namespace ocrtune
