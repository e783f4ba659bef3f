#include "ocrtune/ocr/model_names.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace ocrtune {
namespace {

TEST(ModelNames, AreFoundByCodesAndNames) {
  EXPECT_EQ(model_name_of("fra"), "fra");
  EXPECT_EQ(model_name_of("fr"), "fra");
  EXPECT_EQ(model_name_of("fre"), "fra");
  EXPECT_EQ(model_name_of("French"), "fra");
  EXPECT_EQ(model_name_of("français"), "fra");
  EXPECT_EQ(model_name_of("de"), "deu");
  EXPECT_EQ(model_name_of("Deutsch"), "deu");
  EXPECT_EQ(model_name_of("ger"), "deu");
  EXPECT_EQ(model_name_of("zh"), "chi_sim");
  EXPECT_EQ(model_name_of("zh-TW"), "chi_tra");
  EXPECT_EQ(model_name_of("zh_Hant"), "chi_tra");
  EXPECT_EQ(model_name_of("chi-tra"), "chi_tra");
  EXPECT_EQ(model_name_of("sr"), "srp");
  EXPECT_EQ(model_name_of("sr-Latn"), "srp_latn");
  EXPECT_EQ(model_name_of("deu-frak"), "frk");
  EXPECT_EQ(model_name_of("nb"), "nor");
  EXPECT_EQ(model_name_of("ENG"), "eng");
  EXPECT_EQ(model_name_of("deu_frak"), "frk");
  EXPECT_EQ(model_name_of("Latin"), "lat") << "the language, not the script";
  EXPECT_EQ(model_name_of("fraktur"), "script/Fraktur");
  EXPECT_EQ(model_name_of("script/Latin"), "script/Latin");
  EXPECT_EQ(model_name_of("script/latin"), "script/Latin");
  for (const char* unknown : {"", "xyz", "tlh", "klingon", "script/", "script/eng", "script/None"})
    EXPECT_EQ(model_name_of(unknown), "") << unknown;
}

TEST(ModelNames, HavePackages) {
  EXPECT_EQ(language_package("chi_sim"), "tesseract-ocr-chi-sim");
  EXPECT_EQ(language_package("osd"), "tesseract-ocr-osd");
  EXPECT_EQ(language_package("script/Latin"), "tesseract-ocr-script-latn");
  EXPECT_EQ(language_package("script/HanS_vert"), "tesseract-ocr-script-hans-vert");
  EXPECT_EQ(language_package("fr"), "");
  EXPECT_EQ(language_package(""), "");
}

TEST(ModelNames, HaveLanguageTags) {
  EXPECT_EQ(language_tag_of("fra"), "fr");
  EXPECT_EQ(language_tag_of("eng"), "en");
  EXPECT_EQ(language_tag_of("grc"), "grc");
  EXPECT_EQ(language_tag_of("lat"), "la");
  EXPECT_EQ(language_tag_of("frk"), "de-Latf");
  EXPECT_EQ(language_tag_of("deu_latf"), "de-Latf");
  EXPECT_EQ(language_tag_of("chi_sim"), "zh-Hans");
  EXPECT_EQ(language_tag_of("chi_tra_vert"), "zh-Hant");
  EXPECT_EQ(language_tag_of("jpn_vert"), "ja");
  EXPECT_EQ(language_tag_of("srp_latn"), "sr-Latn");
  EXPECT_EQ(language_tag_of("ita_old"), "it");
  for (const char* none : {"", "osd", "script/Latin", "eng+fra", "srp_latn+eng", "xyz"})
    EXPECT_EQ(language_tag_of(none), "") << none;
}

TEST(ModelNames, HowToGetThemIsSaid) {
  EXPECT_EQ(how_to_get_model("fra"), "install it: apt install tesseract-ocr-fra");
  EXPECT_EQ(how_to_get_model("fr"), "its name is `fra`, of the package tesseract-ocr-fra");
  EXPECT_EQ(how_to_get_model("xyz"),
            "no package of Debian has it; give a folder that has it with --tessdata");
}

RC_GTEST_PROP(ModelNames, ThatAreFoundHavePackages, ()) {
  std::string name;
  const int length = *rc::gen::inRange(2, 4);
  for (int i = 0; i < length; ++i) name += *rc::gen::inRange('a', 'n');
  const std::string model = model_name_of(name);
  RC_CLASSIFY(!model.empty());
  RC_ASSERT(model.empty() == language_package(model).empty());
  RC_ASSERT(model_name_of(model) == model);
}

}  // namespace
}  // namespace ocrtune
