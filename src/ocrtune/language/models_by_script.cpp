#include "ocrtune/language/models_by_script.h"

#include <unicode/locid.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "ocrtune/ocr/model_names.h"

namespace ocrtune {
namespace {

/// What most pages are in comes first.
constexpr std::array<std::string_view, 6> kFirst{"Latn", "Cyrl", "Arab", "Grek", "Hebr", "Deva"};
constexpr std::array<std::string_view, 3> kLast{"Jpan", "Hans", "Hant"};

/// The models of large languages, where a script has several.
constexpr std::array<std::string_view, 8> kUsual{"eng", "rus", "ara", "ell",
                                                 "heb", "hin", "ben", "amh"};

/// Empty for a model that is not of a language.
std::string script_of(const std::string& model) {
  const std::string tag = language_tag_of(model);
  if (tag.empty() || model.ends_with("_vert")) return "";
  icu::Locale locale = icu::Locale::createCanonical(tag.c_str());
  UErrorCode status = U_ZERO_ERROR;
  locale.addLikelySubtags(status);
  const std::string script = locale.getScript();
  return script == "Latf" ? "Latn" : script;
}

/// Smaller for scripts that are tried before others.
std::size_t rank_of(const ModelsOfScript& script) {
  const auto* first = std::ranges::find(kFirst, script.script);
  const auto* last = std::ranges::find(kLast, script.script);
  const auto place = static_cast<std::size_t>(first - kFirst.begin());
  return last == kLast.end() ? place
                             : kFirst.size() + 1 + static_cast<std::size_t>(last - kLast.begin());
}

std::string usual_of(const std::vector<std::string>& models) {
  const auto* found = std::ranges::find_if(kUsual, [&](std::string_view usual) {
    return std::ranges::find(models, usual) != models.end();
  });
  return found == kUsual.end() ? models.front() : std::string(*found);
}

}  // namespace

std::vector<ModelsOfScript> models_by_script(const std::vector<std::string>& models) {
  std::vector<ModelsOfScript> scripts;
  for (const std::string& model : models) {
    const std::string code = script_of(model);
    if (code.empty()) continue;
    auto at = std::ranges::find(scripts, code, &ModelsOfScript::script);
    if (at == scripts.end())
      at = scripts.insert(at, {.script = code,
                               .usual = {},
                               .models = {},
                               .shares_signs = std::ranges::find(kLast, code) != kLast.end()});
    at->models.push_back(model);
  }
  for (ModelsOfScript& script : scripts) {
    std::ranges::sort(script.models);
    script.usual = usual_of(script.models);
  }
  std::ranges::sort(scripts, {}, &ModelsOfScript::script);
  std::ranges::stable_sort(scripts, {}, rank_of);
  return scripts;
}

}  // namespace ocrtune
