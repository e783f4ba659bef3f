#include "ocrtune/options/engines_in_use.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "ocrtune/base/address.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"

namespace ocrtune::workflow {
namespace {

using Reasons = std::map<std::string, std::vector<std::string>>;

/// `reasons` by the title of the engine that is used because of them.
void tell(const std::function<void(const std::string&)>& say, const Reasons& reasons) {
  for (const auto& [title, all] : reasons) say(tr("OCR engine {}: {}", title, joined(all, ", ")));
}

/// The engine that `auto` chooses for each language. If it is not the first engine, and that is not
/// new, the reason is reported as a detail.
LanguageEngines automatic_engines(const Events& events, const std::vector<std::string>& languages,
                                  const RecognitionOptions& options) {
  LanguageEngines engines;
  Reasons news;
  Reasons details;
  for (const std::string& lang : languages) {
    const EngineChoice choice = choose_engine(lang, options);
    engines[lang] = choice.engine;
    if (choice.reason.empty()) continue;
    (choice.plain ? details : news)[translated(engine_named(choice.engine).title)].push_back(
        languages.size() == 1 ? choice.reason : fmt::format("{} ({})", lang, choice.reason));
  }
  tell(events.say, news);
  tell(events.detail, details);
  return engines;
}

/// The values of an engine's option in a pipeline that represent all of them.
std::vector<std::string> values_to_check(const OcrUse& use) {
  if (use.free && !use.parameter.choices.empty()) return use.parameter.choices;
  if (use.free)
    return {value_text(use.parameter, use.free->low), value_text(use.parameter, use.free->high)};
  return {value_text(use.parameter, use.value)};
}

}  // namespace

std::vector<std::string> languages_of(const Corpus& corpus) {
  std::set<std::string> languages;
  for (const Page& page : corpus.pages()) languages.insert(page.lang);
  return {languages.begin(), languages.end()};
}

LanguageEngines selected_engines(const Events& events, const std::vector<std::string>& languages,
                                 const RecognitionOptions& options) {
  if (options.engine == kAutomaticEngine) return automatic_engines(events, languages, options);
  const OcrEngine& engine = engine_named(options.engine);
  LanguageEngines engines;
  std::unique_ptr<Recognizer> opened;
  for (const std::string& lang : languages) {
    // Fails before any work if the engine is not available.
    if (!engine.is_reference) {
      opened = opened && engine.open_beside ? engine.open_beside(*opened, lang)
                                            : engine.open(lang, options);
    }
    engines[lang] = engine.name;
  }
  return engines;
}

void require_engine(const std::string& name, const std::vector<std::string>& languages,
                    const RecognitionOptions& options) {
  const OcrEngine& engine = engine_named(name);
  for (const std::string& lang : languages) {
    if (const auto refusal = engine.refuses(lang, options))
      throw Error(Errc::dependency_missing,
                  fmt::format("{}: {}", translated(engine.title), refusal->reason));
  }
}

void check_engine_options(const Pipeline& pipeline, const std::string& engine) {
  const OcrEngine& used = engine_named(engine);
  for (const OcrUse& use : pipeline.ocr()) {
    const std::string option(engine_option_of(use.parameter.name));
    if (option.empty() || !use.may_be_set()) continue;
    for (const std::string& value : values_to_check(use)) {
      const std::string reason = used.refuses_value
                                     ? used.refuses_value(option, value)
                                     : tr("has no option `{}`", quotable(option, 60));
      if (!reason.empty())
        throw OptionError(Errc::invalid_argument, "pipeline", "",
                          tr("`{}`: {} {}", use.name, translated(used.title), reason));
    }
  }
}

void check_engine_options(const Pipeline& pipeline, const LanguageEngines& engines) {
  for (const auto& [lang, engine] : engines) check_engine_options(pipeline, engine);
}

LanguageEngines recorded_engines(const std::string& study, const std::string& recorded,
                                 const Corpus& corpus, const RecognitionOptions& options) {
  LanguageEngines engines = engines_of(recorded, languages_of(corpus));
  for (const auto& [lang, name] : engines) {
    const OcrEngine& engine = engine_named(name);
    if (engine.is_reference) continue;
    const std::optional<Refusal> refusal = refusal_of(engine, lang, options);
    if (!refusal) continue;
    throw Error(Errc::dependency_missing,
                tr("{}: uses {}, which cannot be used for `{}` here: {}; name another "
                   "file for a new study",
                   shown_address(study), translated(engine.title), lang, refusal->reason));
  }
  return engines;
}

}  // namespace ocrtune::workflow
