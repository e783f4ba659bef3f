#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace ocrtune {

/// A language of messages and help.
enum class Language {
  english,
  french,
};

/// The language that the environment asks for as gettext does: the first of LANGUAGE, LC_ALL,
/// LC_MESSAGES and LANG that is set; English unless it begins with "fr". No locale of the system is
/// needed.
Language language_of_environment();

/// The language of an HTTP header Accept-Language, or of a language tag: English unless the first
/// tag is French.
Language language_of_tag(std::string_view tag);

/// "en" or "fr".
std::string_view language_tag(Language language);

/// The language of all threads without one of their own; English at the start. Call it before
/// other threads start.
void use_language(Language language);

/// The language of this thread.
Language current_language();

/// This thread's language for as long as the object lives.
class LanguageScope {
 public:
  explicit LanguageScope(Language language);
  ~LanguageScope();
  LanguageScope(const LanguageScope&) = delete;
  LanguageScope& operator=(const LanguageScope&) = delete;

 private:
  std::optional<Language> before_;
};

/// `english` in the language of this thread: as po/LANGUAGE.po translates it, or as it is.
/// Thread-safe.
std::string translated(std::string_view english);

/// The same for a text whose translation depends on where it stands: `context` is the msgctxt of
/// its entry. Thread-safe.
std::string translated(std::string_view context, std::string_view english);

/// "page" or "pages" for that many, in the language of this thread. `noun` is singular;
/// po/LANGUAGE.po has it with its plural. English plurals end with an s. Thread-safe.
std::string noun_for(std::size_t number, std::string_view noun);

/// What the system calls an error, in the language of this thread. Thread-safe.
std::string system_message(const std::error_code& error);

/// Marks a string literal that `translated` gets later, for scripts/check_translations.py.
constexpr const char* tr_noop(const char* english) { return english; }
constexpr const char* tr_noop(const char* /*context*/, const char* english) { return english; }

/// `format` with its arguments, as fmt::format does, but fractions that it rounds (`{:.2f}`) have
/// the decimal sign of this thread's language. `{}` of a number stays as the program reads it.
/// Thread-safe.
std::string vlocalized(std::string_view format, fmt::format_args arguments);

/// The same for the translation of `english`.
std::string vtr(std::string_view english, fmt::format_args arguments);

/// A message in the language of this thread, formatted as vlocalized() does. `english` is a string
/// literal, the key of po/LANGUAGE.po; scripts/check_translations.py finds it by this function's
/// name. Thread-safe.
template <typename... Arguments>
std::string tr(fmt::format_string<Arguments...> english, Arguments&&... arguments) {
  const fmt::string_view text = english;
  return vtr({text.data(), text.size()}, fmt::make_format_args(arguments...));
}

/// Numbers for people that stand between words of other messages, formatted as vlocalized() does.
/// Thread-safe.
template <typename... Arguments>
std::string localized(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  const fmt::string_view text = format;
  return vlocalized({text.data(), text.size()}, fmt::make_format_args(arguments...));
}

}  // namespace ocrtune
