#include "ocrtune/language/text_language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <limits>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/model_names.h"

namespace ocrtune {
namespace {

/// How names of models for vertical text end.
constexpr std::string_view kVertical = "_vert";

constexpr std::ptrdiff_t kMinLetters = 150;
constexpr double kMinShare = 0.9;

/// Codes of ISO 639-3 beside the one that stands for them: old forms, and languages whose texts
/// resemble each other too much.
struct Kin {
  std::string_view code;
  std::string_view of;
};
constexpr std::array<Kin, 13> kKin{{{"frm", "fra"},
                                    {"enm", "eng"},
                                    {"grc", "ell"},
                                    {"nno", "dan"},
                                    {"nob", "dan"},
                                    {"nor", "dan"},
                                    {"ind", "msa"},
                                    {"jav", "msa"},
                                    {"bos", "hrv"},
                                    {"srp", "hrv"},
                                    {"cos", "ita"},
                                    {"glg", "por"},
                                    {"slk", "ces"}}};

/// Its code of ISO 639-3; empty if it has none.
std::string code_of(const std::string& tag) {
  return icu::Locale::createCanonical(tag.c_str()).getISO3Language();
}

std::string kin_of(const std::string& tag) {
  const std::string code = code_of(tag);
  const auto* kin = std::ranges::find(kKin, code, &Kin::code);
  return kin == kKin.end() ? code : std::string(kin->of);
}

std::ptrdiff_t letters_in(std::string_view text) {
  return std::ranges::count_if(code_points(text), is_letter);
}

}  // namespace

TextLanguages languages_of_text(std::string_view text) {
  constexpr int kMost = 3;
  const auto size = std::min<std::size_t>(text.size(), std::numeric_limits<int>::max());
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, kMost> languages{};
  std::array<int, kMost> percent{};
  std::array<double, kMost> scores{};
  int bytes = 0;
  int valid = 0;
  TextLanguages found;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(size), true, &no_hints, 0,
                                          languages.data(), percent.data(), scores.data(), nullptr,
                                          &bytes, &found.reliable, &valid);
  for (std::size_t i = 0; i < kMost; ++i) {
    if (languages[i] == CLD2::UNKNOWN_LANGUAGE) continue;
    // Some of its codes are older than BCP 47, such as "iw" for Hebrew.
    const icu::Locale locale = icu::Locale::createCanonical(CLD2::LanguageCode(languages[i]));
    const std::string script = locale.getScript();
    found.shares.push_back({.tag = locale.getLanguage() + (script.empty() ? "" : "-" + script),
                            .share = percent[i] / 100.0});
  }
  found.reliable = found.reliable && !found.shares.empty();
  return found;
}

bool is_model_of(const std::string& model, const std::string& tag) {
  const std::string code = code_of(language_tag_of(model));
  return !code.empty() && code == code_of(tag);
}

std::string unexpected_language(std::string_view text, const std::string& lang) {
  if (letters_in(text) < kMinLetters) return "";
  const TextLanguages found = languages_of_text(text);
  if (!found.reliable || found.shares.front().share < kMinShare) return "";
  const std::string& tag = found.shares.front().tag;
  const auto may_be = [&](const std::string& model) {
    const std::string stated = language_tag_of(model);
    return stated.empty() || kin_of(stated) == kin_of(tag);
  };
  return std::ranges::any_of(split(lang, '+'), may_be) ? "" : model_name_of(tag);
}

std::string vertical_model(const std::string& lang) {
  for (const std::string& model : split(lang, '+')) {
    if (model.ends_with(kVertical)) return model;
    std::string vertical = model + std::string(kVertical);
    if (!language_package(vertical).empty()) return vertical;
  }
  return "";
}

std::string other_language_line(const std::string& model, std::size_t pages) {
  if (model.ends_with(kVertical))
    return tr("probably vertical text: {}; for these, --lang {} --psm 5", counted(pages, "page"),
              model);
  return tr("probably in {}: {}; recognize them with --lang {}, or all with --lang auto",
            language_name(model), counted(pages, "page"), model);
}

}  // namespace ocrtune
