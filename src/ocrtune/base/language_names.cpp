#include "ocrtune/base/language_names.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLongestName = 64;

}  // namespace

bool is_language_name(std::string_view name) {
  constexpr std::string_view kScripts = "script/";
  if (name.starts_with(kScripts)) name.remove_prefix(kScripts.size());
  return !name.empty() && name.size() <= kLongestName &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
             std::string_view::npos;
}

bool may_be_language(std::string_view lang) {
  if (lang == kAutomaticLanguage) return true;
  return lang.size() <= kLongestLanguage &&
         std::ranges::all_of(split(lang, '+'), [](const std::string& name) {
           return name != kAutomaticLanguage && is_language_name(name);
         });
}

std::string not_a_language() { return tr("must be a language such as fra or fra+eng, or auto"); }

}  // namespace ocrtune
