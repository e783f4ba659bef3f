#include "ocrtune/base/translation.h"

#include <algorithm>
#include <atomic>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <cstdlib>
#include <locale>
#include <vector>

#include "ocrtune/base/embedded_file.h"

namespace ocrtune {

const std::vector<EmbeddedFile>& translation_files();

namespace {

namespace gettext = boost::locale::gnu_gettext;
using Catalogue = boost::locale::message_format<char>;

/// The translations of po/`tag`.po, which are part of the program: no locale of the system is
/// needed.
std::locale load(const std::string& tag) {
  gettext::messages_info info;
  info.language = tag;
  info.encoding = "UTF-8";
  info.paths.emplace_back("");
  info.domains.emplace_back("ocrtune");
  info.callback = [tag](const std::string& path, const std::string&) -> std::vector<char> {
    if (path != "/" + tag + "/LC_MESSAGES/ocrtune.mo") return {};
    for (const EmbeddedFile& file : translation_files()) {
      if (file.path == tag + ".mo") return {file.bytes.begin(), file.bytes.end()};
    }
    return {};
  };
  return {std::locale::classic(), gettext::create_messages_facet<char>(info)};
}

/// Null for English, which needs none.
const Catalogue* catalogue_of(Language language) {
  if (language == Language::english) return nullptr;
  static const std::locale kFrench = load("fr");
  return &std::use_facet<Catalogue>(kFrench);
}

std::atomic<Language> language_of_all = Language::english;
thread_local std::optional<Language> language_of_thread;

}  // namespace

Language language_of_tag(std::string_view tag) {
  const std::string_view first = tag.substr(0, tag.find_first_of("_-.,;@: "));
  return first == "fr" || first == "FR" ? Language::french : Language::english;
}

Language language_of_environment() {
  for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return language_of_tag(value);
  }
  return Language::english;
}

std::string_view language_tag(Language language) {
  return language == Language::french ? "fr" : "en";
}

void use_language(Language language) { language_of_all = language; }

Language current_language() { return language_of_thread.value_or(language_of_all); }

LanguageScope::LanguageScope(Language language) : before_(language_of_thread) {
  language_of_thread = language;
}

LanguageScope::~LanguageScope() { language_of_thread = before_; }

std::string translated(std::string_view english) {
  std::string text(english);
  const Catalogue* catalogue = catalogue_of(current_language());
  // The empty key is the catalogue's header.
  if (catalogue == nullptr || text.empty()) return text;
  const char* found = catalogue->get(0, nullptr, text.c_str());
  return found == nullptr ? text : found;
}

std::string system_message(const std::error_code& error) { return translated(error.message()); }

std::string noun_for(std::size_t number, std::string_view noun) {
  std::string text(noun);
  if (const Catalogue* catalogue = catalogue_of(current_language())) {
    // Of the number only the plural's rule counts, which knows 0, 1 and more.
    const char* found = catalogue->get(0, nullptr, text.c_str(),
                                       static_cast<int>(std::min<std::size_t>(number, 2)));
    if (found != nullptr) return found;
  }
  return number == 1 ? text : text + "s";
}

}  // namespace ocrtune
