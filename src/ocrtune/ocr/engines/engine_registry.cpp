#include "ocrtune/ocr/engines/engine_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/external/external_engine.h"

namespace ocrtune {

#define OCRTUNE_ENGINE(name) OcrEngine name##_engine();
#include "ocrtune/ocr/engines/engines.inc"
#undef OCRTUNE_ENGINE

namespace {

std::vector<OcrEngine> own_engines() {
  return {
#define OCRTUNE_ENGINE(name) name##_engine(),
#include "ocrtune/ocr/engines/engines.inc"
#undef OCRTUNE_ENGINE
  };
}

template <typename Engines>
std::vector<std::string> names_of(const Engines& engines) {
  std::vector<std::string> names;
  names.reserve(engines.size());
  for (const OcrEngine& engine : engines) names.push_back(engine.name);
  return names;
}

std::vector<std::string> own_names() { return names_of(own_engines()); }

std::deque<OcrEngine> known_engines() {
  std::deque<OcrEngine> engines;
  std::ranges::move(own_engines(), std::back_inserter(engines));
  std::ranges::move(external_engines(own_names()), std::back_inserter(engines));
  return engines;
}

std::deque<OcrEngine>& engines() {
  static std::deque<OcrEngine> engines = known_engines();
  return engines;
}

}  // namespace

const std::deque<OcrEngine>& all_engines() { return engines(); }

const OcrEngine* find_engine(std::string_view name) {
  const auto found = std::ranges::find(engines(), name, &OcrEngine::name);
  return found == engines().end() ? nullptr : &*found;
}

const OcrEngine& engine_named(std::string_view name) {
  if (const OcrEngine* engine = find_engine(name)) return *engine;
  throw Error(Errc::invalid_argument, tr("unknown engine `{}`; available: auto, {}",
                                         quotable(name, 60), joined(engine_names(), ", ")));
}

const OcrEngine& reference_engine() {
  return *std::ranges::find(engines(), true, &OcrEngine::is_reference);
}

bool is_own_engine(std::string_view name) {
  const std::vector<std::string> own = own_names();
  return std::ranges::find(own, name) != own.end();
}

std::string refusal_of_folder_name(std::string_view name) {
  if (!can_name_engine(name)) return refusal_of_engine_name();
  return is_own_engine(name) ? tr("another engine has this name") : "";
}

std::vector<std::string> engine_names() { return names_of(engines()); }

void add_engine(OcrEngine engine) {
  const auto refuse = [&](std::string_view why) {
    throw Error(Errc::invalid_argument, tr("engine `{}`: {}", quotable(engine.name, 60), why));
  };
  if (!can_name_engine(engine.name))
    refuse(tr("a name has the characters a to z, 0 to 9, - and _, and is not auto"));
  if (find_engine(engine.name) != nullptr) refuse(tr("an engine with this name already exists"));
  if (engine.is_reference) refuse(tr("a reference engine exists already"));
  engines().push_back(std::move(engine));
}

}  // namespace ocrtune
