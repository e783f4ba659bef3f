#include "ocrtune/ocr/ppocr/alphabet.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ocrtune/base/text.h"

namespace ocrtune::ppocr {
namespace {

/// Each character of a text is one of the model's.
std::vector<std::string> characters(std::u32string_view text) {
  std::vector<std::string> all;
  for (const char32_t c : text) all.push_back(utf8(std::u32string(1, c)));
  return all;
}

const std::u32string kEnglish = U"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,";
const std::u32string kFrench =
    U"\u00e0\u00e2\u00e6\u00e7\u00e8\u00e9\u00ea\u00eb\u00ee\u00ef\u00f4\u0153\u00f9\u00fb\u00fc"
    U"\u00ff\u00c0\u00c2\u00c6\u00c7\u00c8\u00c9\u00ca\u00cb\u00ce\u00cf\u00d4\u0152\u00d9\u00db"
    U"\u00dc\u0178";

TEST(KnowsLanguage, IfAllItsLettersAreThere) {
  const auto english = characters(kEnglish);
  EXPECT_TRUE(knows_language(english, "eng"));
  EXPECT_TRUE(knows_language(english, "lat"));
  EXPECT_FALSE(knows_language(english, "fra"));
  EXPECT_FALSE(knows_language(english, "eng+fra"));
  EXPECT_TRUE(knows_language(characters(kEnglish + kFrench), "eng+fra"));
  EXPECT_FALSE(knows_language(characters(kEnglish + kFrench), "rus"));
  EXPECT_FALSE(knows_language(characters(kEnglish + kFrench + U"əğıöşüç"), "aze_cyrl"));
  EXPECT_FALSE(knows_language(english, "chi_sim"));
}

TEST(KnowsLanguage, NeverOneFromRightToLeft) {
  std::u32string arabic;
  for (char32_t c = 0x600; c < 0x700; ++c) arabic += c;
  EXPECT_FALSE(knows_language(characters(arabic), "ara"));
}

TEST(KnowsLanguage, NeverOneThatUnicodeDoesNotList) {
  for (const char* name : {"osd", "equ", "snum", "xyz", "", "eng+", "../eng"})
    EXPECT_FALSE(knows_language(characters(kEnglish), name)) << name;
}

TEST(Alphabet, OfLatinScriptLeavesOutOtherScripts) {
  const auto model = characters(U"a\u4e00\u00e9\uff21\u2603\U0001f600\u0430 \u03b1\u20ac\u201e");
  const Alphabet alphabet = alphabet_of(model, "fra");
  EXPECT_EQ(alphabet.texts,
            (std::vector<std::string>{"", "a", "\u00e9", " ", "\u03b1", "\u20ac", "\u201e", " "}));
  EXPECT_EQ(alphabet.classes, (std::vector<int>{0, 1, 3, 8, 9, 10, 11, 12}));
  EXPECT_EQ(alphabet_of(model, "fra", {"\u2603"}).classes,
            (std::vector<int>{0, 1, 3, 5, 8, 9, 10, 11, 12}));
}

TEST(Alphabet, OfAnotherScriptHasAllClasses) {
  const auto model = characters(U"a\u4e00\uff21");
  for (const char* lang : {"chi_sim", "jpn", "eng+chi_tra"}) {
    const Alphabet alphabet = alphabet_of(model, lang);
    EXPECT_EQ(alphabet.classes, (std::vector<int>{0, 1, 2, 3, 4})) << lang;
    EXPECT_EQ(alphabet.texts.back(), " ");
  }
}

}  // namespace
}  // namespace ocrtune::ppocr
