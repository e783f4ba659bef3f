#include "ocrtune/language/models_by_script.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

std::vector<std::string> scripts_of(const std::vector<ModelsOfScript>& all) {
  std::vector<std::string> names;
  for (const ModelsOfScript& script : all) names.push_back(script.script);
  return names;
}

TEST(ModelsByScript, BeginWithLatinAndEndWithChinese) {
  const auto all = models_by_script(
      {"chi_tra", "tha", "jpn", "rus", "chi_sim", "ben", "fra", "ara", "kor", "ell"});
  EXPECT_EQ(scripts_of(all), (std::vector<std::string>{"Latn", "Cyrl", "Arab", "Grek", "Beng",
                                                       "Kore", "Thai", "Jpan", "Hans", "Hant"}));
  EXPECT_FALSE(all[5].shares_signs);
  EXPECT_TRUE(all[7].shares_signs);
}

TEST(ModelsByScript, HaveAUsualOne) {
  const auto all = models_by_script({"frk", "deu", "eng", "bul", "ukr"});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].models, (std::vector<std::string>{"deu", "eng", "frk"}));
  EXPECT_EQ(all[0].usual, "eng");
  EXPECT_EQ(all[1].usual, "bul");
}

TEST(ModelsByScript, LeaveOutWhatIsOfNoLanguageAndVerticalText) {
  EXPECT_TRUE(models_by_script({"osd", "equ", "jpn_vert", "script/Latin", "mine"}).empty());
  EXPECT_TRUE(models_by_script({}).empty());
}

}  // namespace
}  // namespace ocrtune
