#include "ocrtune/workflow/reader_choice.h"

#include <fmt/format.h>

#include <set>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune::workflow {
namespace {

void tell(const std::function<void(const std::string&)>& say,
          const std::vector<std::string>& reasons) {
  if (!reasons.empty()) say("reading with stock Tesseract: " + joined(reasons, ", "));
}

/// What `auto` takes for each language; where that is stock Tesseract and no news, that is a
/// detail.
Readers chosen_readers(const Events& events, const std::vector<std::string>& languages,
                       const ReadingOptions& options) {
  Readers readers;
  std::vector<std::string> news;
  std::vector<std::string> details;
  for (const std::string& lang : languages) {
    const ReaderChoice choice = choose_reader(lang, options);
    readers[lang] = choice.reader;
    if (choice.reader == Reader::lstm) continue;
    (choice.plain ? details : news)
        .push_back(languages.size() == 1 ? choice.reason
                                         : fmt::format("{} ({})", lang, choice.reason));
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
  if (options.reader == Reader::automatic) return chosen_readers(events, languages, options);
  Readers readers;
  for (const std::string& lang : languages) {
    // That it can't be had is better known before any work.
    if (options.reader == Reader::lstm) (void)open_reader(lang, options);
    readers[lang] = options.reader;
  }
  return readers;
}

Readers recorded_readers(const std::string& study, const std::string& recorded,
                         const Corpus& corpus, const ReadingOptions& options) {
  Readers readers = readers_of(recorded, languages_of(corpus));
  for (const auto& [lang, reader] : readers) {
    if (reader != Reader::lstm) continue;
    const ReaderChoice choice = choose_reader(lang, options);
    if (choice.reader == Reader::lstm) continue;
    throw Error(
        Errc::dependency_missing,
        fmt::format("{}: was read with ocrtune's own reader, which can't be used for `{}` here: "
                    "{}; give another --study to begin a new one",
                    shown(study), lang, choice.reason));
  }
  return readers;
}

}  // namespace ocrtune::workflow
