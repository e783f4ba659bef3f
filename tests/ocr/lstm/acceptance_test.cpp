#include "ocrtune/ocr/lstm/acceptance.h"

#include <gtest/gtest.h>

#include <string>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune::lstm {
namespace {

bool is_accepted(const std::string& text, float certainty) {
  static const auto kModel = load_model("eng", tessdata_folder(""));
  DecodedWord word{.certainty = certainty};
  for (const int unichar : kModel->unicharset.encode(text))
    word.chars.push_back({.unichar = unichar});
  return is_acceptable(word, *kModel);
}

TEST(Acceptance, SureWordsAreAccepted) {
  EXPECT_TRUE(is_accepted("qzxv", -2.4F));
  EXPECT_FALSE(is_accepted("qzxv", -2.5F));
  EXPECT_FALSE(is_accepted("", 0));
}

TEST(Acceptance, LongWordsOfTheDictionaryMayBeLessSure) {
  EXPECT_TRUE(is_accepted("to", -2.4F));
  EXPECT_FALSE(is_accepted("to", -2.6F));
  EXPECT_TRUE(is_accepted("house", -3.9F));
  EXPECT_FALSE(is_accepted("house", -4.0F));
  EXPECT_TRUE(is_accepted("\"house\",", -3.9F)) << "punctuation around it does not matter";
  EXPECT_FALSE(is_accepted("hoXse", -3.9F));
}

TEST(Acceptance, NotInUnusualCase) {
  EXPECT_TRUE(is_accepted("House", -3.9F));
  EXPECT_FALSE(is_accepted("hOUSE", -3.9F));
}

}  // namespace
}  // namespace ocrtune::lstm
