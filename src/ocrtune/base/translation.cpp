#include "ocrtune/base/translation.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <locale>
#include <unordered_map>
#include <vector>

#include "ocrtune/base/embedded_file.h"

namespace ocrtune {

const std::vector<EmbeddedFile>& translation_files();

namespace {

/// By its English text, each message's translation; of a noun, by its singular, the translated
/// singular and plural with a NUL between them.
using Catalogue = std::unordered_map<std::string_view, std::string_view>;

/// Reads a little-endian .mo file as msgfmt writes it (GNU gettext's manual, "The Format of GNU MO
/// Files").
Catalogue catalogue_from(std::string_view file) {
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t byte = 0; byte < sizeof value; ++byte)
      value |= std::uint32_t{static_cast<unsigned char>(file.at(at + byte))} << (8 * byte);
    return std::size_t{value};
  };
  const auto text = [&](std::size_t entry) {
    return file.substr(number(entry + 4), number(entry));
  };
  constexpr std::size_t kEntry = 8;  // length and place
  const std::size_t count = number(8);
  Catalogue catalogue;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view english = text(number(12) + kEntry * i);
    catalogue.emplace(english.substr(0, english.find('\0')), text(number(16) + kEntry * i));
  }
  return catalogue;
}

/// The translations of po/`tag`.po, which are part of the program: no locale of the system is
/// needed.
Catalogue load(std::string_view tag) {
  for (const EmbeddedFile& file : translation_files()) {
    if (file.path == std::string(tag) + ".mo") return catalogue_from(file.bytes);
  }
  return {};
}

/// What the catalogue of this thread's language has for a text, behind its context and a character
/// 4 if it has one; nothing if there is none.
std::optional<std::string_view> found(std::string_view english) {
  // The empty key is the catalogue's header.
  if (current_language() == Language::english || english.empty()) return std::nullopt;
  static const Catalogue kFrench = load("fr");
  const auto entry = kFrench.find(english);
  return entry == kFrench.end() ? std::nullopt : std::optional(entry->second);
}

class FrenchNumbers final : public std::numpunct<char> {
 protected:
  [[nodiscard]] char do_decimal_point() const override { return ','; }
};

/// `format` with an L in each field for a number that is rounded: it asks for a locale's decimal
/// sign. `{:.2f}` becomes `{:.2Lf}`.
std::string with_decimal_signs(std::string_view format) {
  constexpr std::string_view kRounded = "eEfFgG";
  std::string text;
  int depth = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    // "{{" and "}}" are characters.
    if (depth == 0 && (c == '{' || c == '}') && i + 1 < format.size() && format[i + 1] == c) {
      text += {c, c};
      ++i;
      continue;
    }
    if (c == '{') ++depth;
    const bool rounded = depth == 1 && i + 1 < format.size() && format[i + 1] == '}' &&
                         kRounded.find(c) != std::string_view::npos;
    if (c == '}') --depth;
    if (rounded) text += 'L';
    text += c;
  }
  return text;
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
  const std::string_view text = found(english).value_or(english);
  return std::string(text.substr(0, text.find('\0')));
}

std::string translated(std::string_view context, std::string_view english) {
  const std::string key = fmt::format("{}\4{}", context, english);
  const std::string_view text = found(key).value_or(english);
  return std::string(text.substr(0, text.find('\0')));
}

std::string vlocalized(std::string_view format, fmt::format_args arguments) {
  if (current_language() == Language::english) return fmt::vformat(format, arguments);
  static const std::locale kFrench(std::locale::classic(), new FrenchNumbers);
  return fmt::vformat(kFrench, with_decimal_signs(format), arguments);
}

std::string vtr(std::string_view english, fmt::format_args arguments) {
  return vlocalized(translated(english), arguments);
}

std::string system_message(const std::error_code& error) { return translated(error.message()); }

std::string noun_for(std::size_t number, std::string_view noun) {
  if (const auto forms = found(noun)) {
    // French has the plural from 2 on.
    const std::size_t end = forms->find('\0');
    const bool plural = number > 1 && end != std::string_view::npos;
    return std::string(plural ? forms->substr(end + 1) : forms->substr(0, end));
  }
  return std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace ocrtune
