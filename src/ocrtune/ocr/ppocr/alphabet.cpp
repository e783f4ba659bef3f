#include "ocrtune/ocr/ppocr/alphabet.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/ulocdata.h>
#include <unicode/uniset.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <string_view>
#include <utility>

#include "ocrtune/base/text.h"

namespace ocrtune::ppocr {
namespace {

/// Beyond this number of letters, not all of them are in use.
constexpr int kManyLetters = 200;
constexpr double kMinOfMany = 0.98;

/// Tesseract's names of languages whose letters CLDR lists under another one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kLocales{
    {{"lat", "en"},
     {"frk", "de"},
     {"deu_latf", "de"},
     {"enm", "en"},
     {"frm", "fr"},
     {"ita_old", "it"},
     {"spa_old", "es"},
     {"chi_sim", "zh_Hans"},
     {"chi_tra", "zh_Hant"},
     {"srp_latn", "sr_Latn"}}};

icu::Locale locale_of(const std::string& language) {
  const auto* known =
      std::ranges::find(kLocales, language, &std::pair<std::string_view, std::string_view>::first);
  std::string name = language.substr(0, language.find('_'));
  if (known != kLocales.end()) name = known->second;
  if (language.ends_with("_cyrl")) name += "_Cyrl";
  return icu::Locale::createCanonical(name.c_str());
}

/// ICU would give the letters of another language instead.
bool is_listed(const icu::Locale& locale) {
  int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  return std::any_of(all, all + count, [&](const icu::Locale& listed) {
    return std::string_view(listed.getLanguage()) == locale.getLanguage();
  });
}

/// The letters of a language, without those that only foreign words have; none of one that is
/// unknown.
icu::UnicodeSet letters_of(const std::string& language) {
  icu::UnicodeSet letters;
  const icu::Locale locale = locale_of(language);
  if (!is_listed(locale)) return letters;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<ULocaleData, decltype(&ulocdata_close)> data(
      ulocdata_open(locale.getName(), &status), ulocdata_close);
  if (U_FAILURE(status)) return letters;
  USet* found = ulocdata_getExemplarSet(data.get(), nullptr, 0, ULOCDATA_ES_STANDARD, &status);
  if (U_SUCCESS(status)) letters = *icu::UnicodeSet::fromUSet(found);
  uset_close(found);
  letters.closeOver(USET_ADD_CASE_MAPPINGS);
  letters.removeAllStrings();
  return letters;
}

/// Of what is common to all scripts, signs that documents in Latin scripts do not have.
bool is_of_latin_page(char32_t character) {
  const auto code = static_cast<UChar32>(character);
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(code, &status);
  if (script == USCRIPT_LATIN) return code < 0xFF00;
  if (script != USCRIPT_COMMON && script != USCRIPT_GREEK) return false;
  const bool east_asian = (code >= 0x2500 && code < 0x27C0) || (code >= 0x2E80 && code < 0xA000) ||
                          (code >= 0xFE00 && code < 0x10000);
  return !east_asian && code < 0x10000 && u_hasBinaryProperty(code, UCHAR_EMOJI_PRESENTATION) == 0;
}

/// Whether a language is written in Latin script.
bool is_latin(const std::string& language) {
  icu::Locale locale = locale_of(language);
  UErrorCode status = U_ZERO_ERROR;
  locale.addLikelySubtags(status);
  const std::string_view script = locale.getScript();
  return script.empty() || script == "Latn" || script == "Grek";
}

}  // namespace

bool knows_language(const std::vector<std::string>& characters, const std::string& lang) {
  std::set<char32_t> known;
  for (const std::string& character : characters) {
    const std::u32string code = code_points(character);
    if (code.size() == 1) known.insert(code.front());
  }
  return std::ranges::all_of(split(lang, '+'), [&](const std::string& language) {
    // Models of scripts that run from right to left return characters as they stand on the page.
    if (locale_of(language).isRightToLeft() != 0) return false;
    const icu::UnicodeSet letters = letters_of(language);
    int missing = 0;
    for (int32_t i = 0; i < letters.size(); ++i)
      missing += known.contains(static_cast<char32_t>(letters.charAt(i))) ? 0 : 1;
    const int allowed =
        letters.size() > kManyLetters ? static_cast<int>((1 - kMinOfMany) * letters.size()) : 0;
    return !letters.isEmpty() && missing <= allowed;
  });
}

Alphabet alphabet_of(const std::vector<std::string>& characters, const std::string& lang,
                     const std::set<std::string>& added) {
  const bool latin = std::ranges::all_of(split(lang, '+'), is_latin);
  Alphabet alphabet{.classes = {0}, .texts = {""}};
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::u32string code = code_points(characters[i]);
    const bool of_page = code.size() == 1 && is_of_latin_page(code.front());
    if (latin && !of_page && !added.contains(characters[i])) continue;
    alphabet.classes.push_back(static_cast<int>(i) + 1);
    alphabet.texts.push_back(characters[i]);
  }
  alphabet.classes.push_back(static_cast<int>(characters.size()) + 1);
  alphabet.texts.emplace_back(" ");
  return alphabet;
}

}  // namespace ocrtune::ppocr
