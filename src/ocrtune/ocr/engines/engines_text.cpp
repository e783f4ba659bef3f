// The engines of a study as one text.
#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"

namespace ocrtune {
namespace {

[[noreturn]] void not_engines(const std::string& text) {
  throw Error(Errc::study_error, tr("is damaged: its engine is `{}`", quotable(text, 60)));
}

/// Checks the name of an engine in a text and returns it.
std::string engine_stated(const std::string& name, const std::string& text) {
  if (find_engine(name) != nullptr) return name;
  if (!can_name_engine(name)) not_engines(text);
  throw Error(Errc::study_error,
              tr("uses the engine `{}`, which this build of ocrtune does not have; available: {}",
                 quotable(name, 60), joined(engine_names(), ", ")));
}

void add_once(const std::string& title, std::vector<std::string>& titles) {
  if (std::ranges::find(titles, title) == titles.end()) titles.push_back(title);
}

}  // namespace

std::string engines_text(const LanguageEngines& engines) {
  if (engines.empty()) return reference_engine().name;
  const std::string& first = engines.begin()->second;
  const bool same = std::ranges::all_of(engines, [&](const auto& r) { return r.second == first; });
  if (same) return first;
  std::vector<std::string> parts;
  for (const auto& [lang, name] : engines) parts.push_back(fmt::format("{}={}", lang, name));
  return joined(parts, " ");
}

LanguageEngines engines_of(const std::string& text, const std::vector<std::string>& languages) {
  LanguageEngines engines;
  if (text.find('=') == std::string::npos) {
    const std::string name = engine_stated(text, text);
    for (const std::string& lang : languages) engines[lang] = name;
    return engines;
  }
  LanguageEngines stated;
  for (const std::string& part : split(text, ' ')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) not_engines(text);
    stated[part.substr(0, equals)] = engine_stated(part.substr(equals + 1), text);
  }
  for (const std::string& lang : languages) {
    const auto found = stated.find(lang);
    if (found == stated.end()) not_engines(text);
    engines.insert(*found);
  }
  return engines;
}

bool repeats_reference(const std::string& text) {
  return std::ranges::any_of(split(text, ' '), [](const std::string& part) {
    const OcrEngine* engine = find_engine(part.substr(part.find('=') + 1));
    return engine != nullptr && engine->repeats_reference;
  });
}

LanguageEngines confirming_engines(LanguageEngines engines) {
  for (auto& [lang, name] : engines) {
    if (engine_named(name).repeats_reference) name = reference_engine().name;
  }
  return engines;
}

std::set<std::string> names_of(const LanguageEngines& engines) {
  std::set<std::string> names;
  for (const auto& [lang, name] : engines) names.insert(name);
  return names;
}

std::string engine_identities(const std::set<std::string>& names) {
  std::vector<std::string> identities;
  for (const std::string& name : names) {
    const OcrEngine& engine = engine_named(name);
    if (engine.identity) identities.push_back(fmt::format("{} {}", name, engine.identity()));
  }
  return joined(identities);
}

std::string engines_title(const LanguageEngines& engines) {
  std::vector<std::string> titles;
  for (const auto& [lang, name] : engines) add_once(translated(engine_named(name).title), titles);
  return joined(titles, tr(" and "));
}

std::string other_engines_title(const std::string& text) {
  std::vector<std::string> titles;
  for (const std::string& part : split(text, ' ')) {
    const OcrEngine* engine = find_engine(part.substr(part.find('=') + 1));
    if (engine != nullptr && !engine->is_reference) add_once(engine->title, titles);
  }
  return joined(titles, tr(" and "));
}

}  // namespace ocrtune
