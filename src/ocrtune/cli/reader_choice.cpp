#include "ocrtune/cli/reader_choice.h"

#include <fmt/format.h>

#include <set>

#include "ocrtune/base/files.h"
#include "ocrtune/ocr/reader.h"

namespace ocrtune::cli {
namespace {

Reader settled_reader(Context& context, const std::string& lang, const ReadingOptions& options) {
  if (options.reader == Reader::automatic) {
    const ReaderChoice choice = choose_reader(lang, options);
    const bool news = choice.reader == Reader::tesseract && (!choice.plain || context.verbose);
    if (news) context.talk.say("reading with stock Tesseract: " + choice.reason);
    return choice.reader;
  }
  // That it can't be had is better known before any work.
  if (options.reader == Reader::lstm) (void)open_reader(lang, options);
  return options.reader;
}

}  // namespace

std::vector<std::string> languages_of(const Corpus& corpus) {
  std::set<std::string> languages;
  for (const Page& page : corpus.pages()) languages.insert(page.lang);
  return {languages.begin(), languages.end()};
}

Readers settled_readers(Context& context, const Corpus& corpus, const ReadingOptions& options) {
  Readers readers;
  for (const std::string& lang : languages_of(corpus))
    readers[lang] = settled_reader(context, lang, options);
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
        ExitStatus::dependency_missing,
        fmt::format("{}: was read with ocrtune's own reader, which can't be used for `{}` here: "
                    "{}; give another --study to begin a new one",
                    shown(study), lang, choice.reason));
  }
  return readers;
}

}  // namespace ocrtune::cli
