#include "ocrtune/base/language_names.h"

#include <gtest/gtest.h>

#include <string>

namespace ocrtune {
namespace {

TEST(LanguageNames, AreJoinedNamesOfModelsOrAuto) {
  for (const char* lang : {"eng", "chi_sim", "fra+lat", "script/Latin+fra", "deu-old", "auto"})
    EXPECT_TRUE(may_be_language(lang)) << lang;
  for (const char* lang : {"", "+", "fra+", "+fra", "fra++lat", "auto+eng", "eng+auto", "/abs/fra",
                           "../fra", "a/b", "script/", "script/a/b", "fra deu", "a\"b", "é"})
    EXPECT_FALSE(may_be_language(lang)) << lang;
}

TEST(LanguageNames, HaveLimits) {
  EXPECT_TRUE(may_be_language(std::string(64, 'a')));
  EXPECT_FALSE(may_be_language(std::string(65, 'a')));
  std::string joined = "fra";
  while (joined.size() + 4 <= kLongestLanguage) joined += "+fra";
  EXPECT_TRUE(may_be_language(joined));
  EXPECT_FALSE(may_be_language(joined + "+fra"));
}

}  // namespace
}  // namespace ocrtune
