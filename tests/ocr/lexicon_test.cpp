#include "ocrtune/ocr/lexicon.h"

#include <gtest/gtest.h>

#include "support/temp_folder.h"

namespace ocrtune {
namespace {

TEST(Lexicon, KnowsEnglishWordsInAnyCase) {
  const auto english = Lexicon::open("eng", "");
  ASSERT_FALSE(english->empty());
  for (const char* word : {"the", "The", "THE", "house", "Monday", "monday", "MONDAY"})
    EXPECT_TRUE(english->contains(word)) << word;
  for (const char* word : {"", "hxe", "hou5e", "qqqq", "tth", "maisonnette", "\xff", "中文"})
    EXPECT_FALSE(english->contains(word)) << word;
}

TEST(Lexicon, SeveralLanguagesAreOne) {
  const auto both = Lexicon::open("eng+fra", "");
  EXPECT_TRUE(both->contains("house"));
  EXPECT_TRUE(both->contains("maison"));
  EXPECT_TRUE(both->contains("été"));
  EXPECT_EQ(Lexicon::open("eng+fra", ""), both) << "opened once";
}

TEST(Lexicon, IsEmptyWhereThereAreNoWords) {
  const test::TempFolder folder;
  EXPECT_TRUE(Lexicon::open("eng", folder.path().string())->empty());
  folder.write("bad.traineddata", "nothing of the kind");
  EXPECT_TRUE(Lexicon::open("bad", folder.path().string())->empty());
  EXPECT_FALSE(Lexicon::open("bad", folder.path().string())->contains("the"));
}

}  // namespace
}  // namespace ocrtune
