// What a study says of who read it.
#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune {
namespace {

[[noreturn]] void not_readers(const std::string& text) {
  throw Error(Errc::study_error, fmt::format("is damaged: its reader is `{}`", quotable(text, 60)));
}

/// The name of an engine in a text.
std::string engine_stated(const std::string& name, const std::string& text) {
  if (find_engine(name) != nullptr) return name;
  if (!can_name_engine(name)) not_readers(text);
  throw Error(
      Errc::study_error,
      fmt::format("was read with the engine `{}`, which this ocrtune doesn't have; it has {}",
                  quotable(name, 60), joined(engine_names(), ", ")));
}

void add_once(const std::string& title, std::vector<std::string>& titles) {
  if (std::ranges::find(titles, title) == titles.end()) titles.push_back(title);
}

}  // namespace

std::string readers_text(const Readers& readers) {
  if (readers.empty()) return reference_engine().name;
  const std::string& first = readers.begin()->second;
  const bool same = std::ranges::all_of(readers, [&](const auto& r) { return r.second == first; });
  if (same) return first;
  std::vector<std::string> parts;
  for (const auto& [lang, reader] : readers) parts.push_back(fmt::format("{}={}", lang, reader));
  return joined(parts, " ");
}

Readers readers_of(const std::string& text, const std::vector<std::string>& languages) {
  Readers readers;
  if (text.find('=') == std::string::npos) {
    const std::string reader = engine_stated(text, text);
    for (const std::string& lang : languages) readers[lang] = reader;
    return readers;
  }
  Readers stated;
  for (const std::string& part : split(text, ' ')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) not_readers(text);
    stated[part.substr(0, equals)] = engine_stated(part.substr(equals + 1), text);
  }
  for (const std::string& lang : languages) {
    const auto found = stated.find(lang);
    if (found == stated.end()) not_readers(text);
    readers.insert(*found);
  }
  return readers;
}

bool is_of_reference(const std::string& text) { return text == reference_engine().name; }

std::string readers_title(const Readers& readers) {
  std::vector<std::string> titles;
  for (const auto& [lang, reader] : readers) add_once(engine_named(reader).title, titles);
  return joined(titles, " and ");
}

std::string other_readers_title(const std::string& text) {
  std::vector<std::string> titles;
  for (const std::string& part : split(text, ' ')) {
    const OcrEngine* engine = find_engine(part.substr(part.find('=') + 1));
    if (engine != nullptr && !engine->is_reference) add_once(engine->title, titles);
  }
  return joined(titles, " and ");
}

}  // namespace ocrtune
