#include "ocrtune/language/text_language.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

constexpr const char* kEnglishArticles =
    "All human beings are born free and equal in dignity and rights. They are endowed with reason "
    "and conscience and should act towards one another in a spirit of brotherhood. Everyone has "
    "the right to life, liberty and security of person.";
constexpr const char* kGermanArticles =
    "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und "
    "Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen. Jeder hat das "
    "Recht auf Leben, Freiheit und Sicherheit der Person.";
constexpr const char* kNorwegianArticles =
    "Alle mennesker er født frie og med samme menneskeverd og menneskerettigheter. De er utstyrt "
    "med fornuft og samvittighet og bør handle mot hverandre i brorskapets ånd. Enhver har rett "
    "til liv, frihet og personlig sikkerhet, og ingen må holdes i slaveri eller trelldom.";

TEST(TextLanguage, IsFoundInTextWithOcrErrors) {
  const TextLanguages found = languages_of_text(
      "AIle Mcnschen sind frei und gIeich an Wurde und Rechtcn gcboren. Sie sind mit Vernunft und "
      "Gewissen begabt\nund sollen cinander im Geistc der Bruderlichkeit begegnen.");
  ASSERT_FALSE(found.shares.empty());
  EXPECT_TRUE(found.reliable);
  EXPECT_EQ(found.shares.front().tag, "de");
  EXPECT_GT(found.shares.front().share, 0.9);
}

TEST(TextLanguage, HasTagsOfBcp47) {
  EXPECT_EQ(
      languages_of_text("כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם").shares.at(0).tag,
      "he");
  EXPECT_EQ(languages_of_text(
                "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神"
                "相對待。")
                .shares.at(0)
                .tag,
            "zh-Hant");
}

TEST(TextLanguage, IsUnknownForFewWordsAndOtherBytes) {
  EXPECT_TRUE(languages_of_text("").shares.empty());
  EXPECT_FALSE(languages_of_text("12 345,60").reliable);
  EXPECT_FALSE(languages_of_text("\xff\xfe\x80").reliable);
}

TEST(TextLanguage, IsThatOfModelsInEachScript) {
  EXPECT_TRUE(is_model_of("deu", "de"));
  EXPECT_TRUE(is_model_of("frk", "de"));
  EXPECT_TRUE(is_model_of("chi_tra", "zh"));
  EXPECT_TRUE(is_model_of("heb", "he"));
  EXPECT_FALSE(is_model_of("deu", "nl"));
  EXPECT_FALSE(is_model_of("script/Latin", "de"));
}

TEST(UnexpectedLanguage, IsTheModelOfTheTexts) {
  EXPECT_EQ(unexpected_language(kGermanArticles, "eng"), "deu");
  EXPECT_EQ(unexpected_language(kGermanArticles, "eng+fra"), "deu");
  EXPECT_EQ(unexpected_language(kEnglishArticles, "deu"), "eng");
}

TEST(UnexpectedLanguage, IsNoneWhereItIsStated) {
  EXPECT_EQ(unexpected_language(kGermanArticles, "deu"), "");
  EXPECT_EQ(unexpected_language(kGermanArticles, "eng+deu"), "");
  EXPECT_EQ(unexpected_language(kGermanArticles, "frk"), "");
  EXPECT_EQ(unexpected_language(kGermanArticles, "script/Latin"), "");
}

TEST(UnexpectedLanguage, IsNoneWhereLanguagesAreHardToTellApart) {
  EXPECT_EQ(unexpected_language(kNorwegianArticles, "dan"), "");
  EXPECT_EQ(unexpected_language(kNorwegianArticles, "nor"), "");
  EXPECT_NE(unexpected_language(kNorwegianArticles, "deu"), "");
  EXPECT_EQ(unexpected_language(kEnglishArticles, "enm"), "");
}

TEST(UnexpectedLanguage, IsNoneInLittleOrMixedText) {
  EXPECT_EQ(unexpected_language(std::string(kGermanArticles).substr(0, 120), "eng"), "");
  EXPECT_EQ(unexpected_language(std::string(kGermanArticles) + kNorwegianArticles, "eng"), "");
  EXPECT_EQ(unexpected_language("", "eng"), "");
}

TEST(VerticalModel, IsBesideTheOneForHorizontalText) {
  EXPECT_EQ(vertical_model("jpn"), "jpn_vert");
  EXPECT_EQ(vertical_model("eng+jpn"), "jpn_vert");
  EXPECT_EQ(vertical_model("jpn_vert"), "jpn_vert");
  EXPECT_EQ(vertical_model("script/HanT"), "script/HanT_vert");
  EXPECT_EQ(vertical_model("eng"), "");
}

TEST(OtherLanguageLine, SaysWhatToDo) {
  EXPECT_EQ(other_language_line("jpn_vert", 1),
            "probably vertical text: 1 page; for these, --lang jpn_vert --psm 5");
  EXPECT_EQ(
      other_language_line("deu", 12),
      "probably in German: 12 pages; recognize them with --lang deu, or all with --lang auto");
}

}  // namespace
}  // namespace ocrtune
