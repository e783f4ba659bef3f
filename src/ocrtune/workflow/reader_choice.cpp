#include "ocrtune/workflow/reader_choice.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/engine_registry.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune::workflow {
namespace {

using Reasons = std::map<std::string, std::vector<std::string>>;

/// `reasons` by the title of the engine that reads for them.
void tell(const std::function<void(const std::string&)>& say, const Reasons& reasons) {
  for (const auto& [title, all] : reasons)
    say(fmt::format("reading with {}: {}", title, joined(all, ", ")));
}

/// What `auto` takes for each language; where that isn't the first engine, and no news, it is a
/// detail.
Readers chosen_readers(const Events& events, const std::vector<std::string>& languages,
                       const ReadingOptions& options) {
  Readers readers;
  Reasons news;
  Reasons details;
  for (const std::string& lang : languages) {
    const ReaderChoice choice = choose_reader(lang, options);
    readers[lang] = choice.reader;
    if (choice.reason.empty()) continue;
    (choice.plain ? details : news)[engine_named(choice.reader).title].push_back(
        languages.size() == 1 ? choice.reason : fmt::format("{} ({})", lang, choice.reason));
  }
  tell(events.say, news);
  tell(events.detail, details);
  return readers;
}

}  // namespace

std::vector<std::string> languages_of(const Corpus& corpus) {
  std::set<std::string> languages;
  for (const Page& page : corpus.pages()) languages.insert(page.lang);
  return {languages.begin(), languages.end()};
}

Readers settled_readers(const Events& events, const Corpus& corpus, const ReadingOptions& options) {
  const std::vector<std::string> languages = languages_of(corpus);
  if (options.reader == kAutomaticReader) return chosen_readers(events, languages, options);
  const OcrEngine& engine = engine_named(options.reader);
  Readers readers;
  for (const std::string& lang : languages) {
    // That it can't be had is better known before any work.
    if (!engine.is_reference) (void)engine.open(lang, options);
    readers[lang] = engine.name;
  }
  return readers;
}

Readers recorded_readers(const std::string& study, const std::string& recorded,
                         const Corpus& corpus, const ReadingOptions& options) {
  Readers readers = readers_of(recorded, languages_of(corpus));
  for (const auto& [lang, reader] : readers) {
    const OcrEngine& engine = engine_named(reader);
    if (engine.is_reference) continue;
    const std::optional<Refusal> refusal = refusal_of(engine, lang, options);
    if (!refusal) continue;
    throw Error(
        Errc::dependency_missing,
        fmt::format("{}: was read with {}, which can't be used for `{}` here: {}; name another "
                    "file to begin a new study",
                    shown(study), engine.title, lang, refusal->reason));
  }
  return readers;
}

}  // namespace ocrtune::workflow
