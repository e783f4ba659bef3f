#include "ocrtune/ocr/model_names.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/model_folders.h"

namespace ocrtune {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::string_view kScriptFolder = "script/";

/// The models of Debian's packages tesseract-ocr-NAME, without those of scripts.
constexpr std::string_view kModels =
    "afr,amh,ara,asm,aze,aze_cyrl,bel,ben,bod,bos,bre,bul,cat,ceb,ces,chi_sim,chi_sim_vert,"
    "chi_tra,chi_tra_vert,chr,cos,cym,dan,deu,div,dzo,ell,eng,enm,epo,est,eus,fao,fas,fil,fin,"
    "fra,frk,frm,fry,gla,gle,glg,grc,guj,hat,heb,hin,hrv,hun,hye,iku,ind,isl,ita,ita_old,jav,"
    "jpn,jpn_vert,kan,kat,kat_old,kaz,khm,kir,kmr,kor,kor_vert,lao,lat,lav,lit,ltz,mal,mar,"
    "mkd,mlt,mon,mri,msa,mya,nep,nld,nor,oci,ori,osd,pan,pol,por,pus,que,ron,rus,san,sin,slk,"
    "slv,snd,spa,spa_old,sqi,srp,srp_latn,sun,swa,swe,syr,tam,tat,tel,tgk,tha,tir,ton,tur,uig,"
    "ukr,urd,uzb,uzb_cyrl,vie,yid,yor,";

/// Models of scripts, and how their packages are called.
constexpr std::array<Pair, 37> kScripts{{{"Arabic", "arab"},
                                         {"Armenian", "armn"},
                                         {"Bengali", "beng"},
                                         {"Canadian_Aboriginal", "cans"},
                                         {"Cherokee", "cher"},
                                         {"Cyrillic", "cyrl"},
                                         {"Devanagari", "deva"},
                                         {"Ethiopic", "ethi"},
                                         {"Fraktur", "frak"},
                                         {"Georgian", "geor"},
                                         {"Greek", "grek"},
                                         {"Gujarati", "gujr"},
                                         {"Gurmukhi", "guru"},
                                         {"HanS", "hans"},
                                         {"HanS_vert", "hans-vert"},
                                         {"HanT", "hant"},
                                         {"HanT_vert", "hant-vert"},
                                         {"Hangul", "hang"},
                                         {"Hangul_vert", "hang-vert"},
                                         {"Hebrew", "hebr"},
                                         {"Japanese", "jpan"},
                                         {"Japanese_vert", "jpan-vert"},
                                         {"Kannada", "knda"},
                                         {"Khmer", "khmr"},
                                         {"Lao", "laoo"},
                                         {"Latin", "latn"},
                                         {"Malayalam", "mlym"},
                                         {"Myanmar", "mymr"},
                                         {"Oriya", "orya"},
                                         {"Sinhala", "sinh"},
                                         {"Syriac", "syrc"},
                                         {"Tamil", "taml"},
                                         {"Telugu", "telu"},
                                         {"Thaana", "thaa"},
                                         {"Thai", "thai"},
                                         {"Tibetan", "tibt"},
                                         {"Vietnamese", "viet"}}};

/// Languages whose model has another name than their code in ISO 639-3.
constexpr std::array<Pair, 8> kOtherNames{{{"zho", "chi_sim"},
                                           {"cmn", "chi_sim"},
                                           {"nob", "nor"},
                                           {"nno", "nor"},
                                           {"kur", "kmr"},
                                           {"deu_frak", "frk"},
                                           {"dan_frak", "script/Fraktur"},
                                           {"slk_frak", "script/Fraktur"}}};

/// What follows the language in a model's name, and its script (ISO 15924).
constexpr std::array<Pair, 5> kSuffixes{
    {{"sim", "Hans"}, {"tra", "Hant"}, {"cyrl", "Cyrl"}, {"latn", "Latn"}, {"latf", "Latf"}}};

bool is_model(const std::string& name) {
  static const std::vector<std::string> kAll = split(kModels, ',');
  return !name.empty() && std::ranges::find(kAll, name) != kAll.end();
}

const Pair* script_of(std::string_view name) {
  const auto* found = std::ranges::find_if(kScripts, [&](const Pair& script) {
    return lower_case_of(script.first) == lower_case_of(name);
  });
  return found == kScripts.end() ? nullptr : found;
}

/// The model for a code of ISO 639-3; empty if there is none.
std::string model_of_code(const std::string& code) {
  const auto* other = std::ranges::find(kOtherNames, code, &Pair::first);
  if (other != kOtherNames.end()) return std::string(other->second);
  return is_model(code) ? code : "";
}

bool is_called(const icu::Locale& language, const icu::Locale& in, const std::string& name) {
  icu::UnicodeString text;
  std::string called;
  language.getDisplayLanguage(in, text).toUTF8String(called);
  return lower_case_of(called) == name;
}

/// The model for a locale: that of its script if there are several. Empty if there is none.
std::string model_of_locale(icu::Locale locale) {
  const std::string code = locale.getISO3Language();
  UErrorCode status = U_ZERO_ERROR;
  locale.addLikelySubtags(status);
  const auto* suffix =
      std::ranges::find(kSuffixes, std::string_view(locale.getScript()), &Pair::second);
  if (suffix != kSuffixes.end()) {
    const std::string base = code == "zho" ? "chi" : code;
    std::string of_script = base + "_" + std::string(suffix->first);
    if (is_model(of_script)) return of_script;
  }
  return model_of_code(code);
}

/// The model of the language with this name, in lower case, in English or in itself.
std::string model_of_language(const std::string& name) {
  for (const char* const* code = icu::Locale::getISOLanguages(); *code != nullptr; ++code) {
    const icu::Locale language(*code);
    if (!is_called(language, icu::Locale::getEnglish(), name) &&
        !is_called(language, language, name))
      continue;
    std::string model = model_of_code(language.getISO3Language());
    if (!model.empty()) return model;
  }
  return "";
}

bool has_debian_packages() {
  std::error_code ignored;
  return std::filesystem::exists("/usr/bin/apt-get", ignored);
}

}  // namespace

std::string model_name_of(const std::string& name) {
  if (is_model(name)) return name;
  const std::string_view given = name;
  const bool in_folder = given.starts_with(kScriptFolder);
  if (const Pair* script = script_of(in_folder ? given.substr(kScriptFolder.size()) : given);
      script != nullptr && (in_folder || model_of_language(lower_case_of(name)).empty()))
    return std::string(kScriptFolder) + std::string(script->first);
  if (in_folder) return "";
  std::string low = lower_case_of(name);
  std::ranges::replace(low, '-', '_');
  if (std::string model = model_of_code(low); !model.empty()) return model;
  if (std::string model = model_of_locale(icu::Locale::createCanonical(low.c_str()));
      !model.empty())
    return model;
  return model_of_language(low);
}

std::string language_tag_of(const std::string& model) {
  if (model == "frk") return "de-Latf";
  if (model == "osd" || model.find('+') != std::string::npos ||
      (!is_model(model) && !is_model(model.substr(0, model.find('_')))))
    return "";
  std::string tag;
  for (const std::string& part : split(model, '_')) {
    if (tag.empty()) {
      // Tesseract's names of macrolanguages are no codes.
      tag = part == "chi" ? "zh" : icu::Locale::createCanonical(part.c_str()).getLanguage();
      continue;
    }
    const auto* script = std::ranges::find(kSuffixes, part, &Pair::first);
    if (script != kSuffixes.end()) tag += "-" + std::string(script->second);
  }
  return tag;
}

std::string language_name(const std::string& model) {
  const std::string tag = language_tag_of(model);
  if (tag.empty()) return model;
  const std::string reader(language_tag(current_language()));
  icu::UnicodeString text;
  std::string name;
  icu::Locale::createCanonical(tag.c_str())
      .getDisplayName(icu::Locale(reader.c_str()), text)
      .toUTF8String(name);
  return name;
}

std::string language_package(const std::string& model) {
  std::string name = model;
  if (std::string_view(model).starts_with(kScriptFolder)) {
    const Pair* script = script_of(std::string_view(model).substr(kScriptFolder.size()));
    if (script == nullptr) return "";
    name = "script-" + std::string(script->second);
  } else if (!is_model(model)) {
    return "";
  }
  std::ranges::replace(name, '_', '-');
  return "tesseract-ocr-" + name;
}

std::vector<std::string> packaged_models() {
  std::vector<std::string> models = split(kModels, ',');
  std::erase(models, "");
  for (const Pair& script : kScripts)
    models.push_back(std::string(kScriptFolder) + std::string(script.first));
  return models;
}

std::string how_to_get_model(const std::string& name) {
  const std::string model = model_name_of(name);
  if (model.empty())
    return tr("no package of Debian has it; give a folder that has it with --tessdata");
  if (model == name && !has_debian_packages())
    return tr("put {}.traineddata of https://github.com/tesseract-ocr/tessdata_fast into {}", model,
              shown(own_model_folder()));
  if (model == name) return tr("install it: apt install {}", language_package(model));
  return tr("its name is `{}`, of the package {}", model, language_package(model));
}

}  // namespace ocrtune
