#include "ocrtune/base/translation.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "ocrtune/base/text.h"

namespace ocrtune {
namespace {

/// The environment's variables for languages, restored at the end.
class Environment {
 public:
  Environment() {
    for (const char* name : kNames) {
      const char* value = std::getenv(name);
      before_.push_back(value == nullptr ? std::string() : value);
      ::unsetenv(name);
    }
  }
  ~Environment() {
    for (std::size_t i = 0; i < before_.size(); ++i) ::setenv(kNames[i], before_[i].c_str(), 1);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  static constexpr const char* kNames[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
  std::vector<std::string> before_;
};

TEST(Translation, TagsAreOfOneLanguage) {
  for (const char* tag :
       {"fr", "fr_FR.UTF-8", "fr-CA", "fr;q=0.8", "fr,en", "FR", "fr:en", "fr.UTF-8"})
    EXPECT_EQ(language_of_tag(tag), Language::french) << tag;
  for (const char* tag : {"", "en", "C.UTF-8", "POSIX", "fry", "frr_DE", "de,fr", "*"})
    EXPECT_EQ(language_of_tag(tag), Language::english) << tag;
}

TEST(Translation, TheFirstVariableThatIsSetCounts) {
  const Environment restored;
  EXPECT_EQ(language_of_environment(), Language::english);
  ::setenv("LANG", "fr_FR.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::french);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  EXPECT_EQ(language_of_environment(), Language::english);
  ::setenv("LANGUAGE", "fr", 1);
  EXPECT_EQ(language_of_environment(), Language::french);
  ::setenv("LANGUAGE", "", 1);
  EXPECT_EQ(language_of_environment(), Language::english);
}

TEST(Translation, MessagesAreInTheLanguageOfTheScope) {
  EXPECT_EQ(tr("is empty"), "is empty");
  {
    const LanguageScope french(Language::french);
    EXPECT_EQ(current_language(), Language::french);
    EXPECT_NE(tr("is empty"), "is empty");
    {
      const LanguageScope english(Language::english);
      EXPECT_EQ(tr("is empty"), "is empty");
    }
    EXPECT_EQ(current_language(), Language::french);
    EXPECT_EQ(translated("no sentence of the catalogue"), "no sentence of the catalogue");
    EXPECT_EQ(translated(""), "");
  }
  EXPECT_EQ(current_language(), Language::english);
}

TEST(Translation, AContextDistinguishesTextsThatAreTheSameInEnglish) {
  EXPECT_EQ(translated("score", "time"), "time");
  const LanguageScope french(Language::french);
  EXPECT_EQ(translated("score", "time"), "temps");
  EXPECT_EQ(noun_for(1, "time"), "fois");
  EXPECT_EQ(translated("no context of the catalogue", "time"), "time");
}

TEST(Translation, ArgumentsAreFormattedAsInEnglish) {
  EXPECT_EQ(tr("is damaged in line {}", 3), "is damaged in line 3");
  const LanguageScope french(Language::french);
  const std::string text = tr("is damaged in line {}", 3);
  EXPECT_NE(text.find('3'), std::string::npos) << text;
  EXPECT_EQ(text.find('{'), std::string::npos) << text;
}

TEST(Translation, RoundedNumbersHaveTheDecimalSignOfTheLanguage) {
  EXPECT_EQ(localized("{:.2f} {:+.1f} {:.3g}", 1234.5, 0.25, 0.5), "1234.50 +0.2 0.5");
  EXPECT_EQ(tr("{:.2f} %", 4.5), "4.50 %");
  const LanguageScope french(Language::french);
  EXPECT_EQ(localized("{:.2f} {:+.1f} {:.3g}", 1234.5, 0.25, 0.5), "1234,50 +0,2 0,5");
  EXPECT_EQ(localized("{:>8.1f}|{:<8.1f}|{:e}", 1.5, 1.5, 1.5), "     1,5|1,5     |1,500000e+00");
  EXPECT_EQ(localized("{:.{}f}", 1.5, 2), "1,50");
  // What may be typed or read by programs, and words that end with the letter of a format.
  EXPECT_EQ(localized("{} {:d} {{f}} {} {:>3}.f", 1.5, 3, "0.5 of", "f"), "1.5 3 {f} 0.5 of   f.f");
  EXPECT_EQ(tr("{:.2f} %", 4.5), "4,50 %");
}

TEST(Translation, AScopeIsOfItsThread) {
  const LanguageScope french(Language::french);
  Language other = Language::french;
  std::thread([&] { other = current_language(); }).join();
  EXPECT_EQ(other, Language::english);
}

TEST(Translation, ThreadsWithoutALanguageHaveThatOfAll) {
  use_language(Language::french);
  Language other = Language::english;
  std::string text;
  std::thread([&] {
    other = current_language();
    const LanguageScope english(Language::english);
    text = tr("is empty");
  }).join();
  use_language(Language::english);
  EXPECT_EQ(other, Language::french);
  EXPECT_EQ(text, "is empty");
}

TEST(Translation, NounsHaveTheirPlural) {
  EXPECT_EQ(counted(0, "page"), "0 pages");
  EXPECT_EQ(counted(1, "page"), "1 page");
  EXPECT_EQ(counted(2, "trial"), "2 trials");
  const LanguageScope french(Language::french);
  // None is singular in French.
  EXPECT_EQ(counted(0, "trial"), "0 essai");
  EXPECT_EQ(counted(1, "trial"), "1 essai");
  EXPECT_EQ(counted(2, "trial"), "2 essais");
  EXPECT_EQ(counted(3'000'000'000, "page"), "3000000000 pages");
  EXPECT_EQ(counted(2, "noun of no catalogue"), "2 noun of no catalogues");
}

}  // namespace
}  // namespace ocrtune
