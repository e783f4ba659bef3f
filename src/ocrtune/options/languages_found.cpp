#include "ocrtune/options/languages_found.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/language/page_language.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/model_folders.h"
#include "ocrtune/ocr/model_names.h"

namespace ocrtune::workflow {
namespace {

using Counts = std::map<std::string, std::size_t>;

std::string most_frequent(const Counts& counts) {
  const auto most = std::ranges::max_element(counts, {}, &Counts::value_type::second);
  return most == counts.end() ? "" : most->first;
}

/// The engine that tells the language: the quicker one for Tesseract's models, if it can.
std::string deciding_engine(const std::string& model, const RecognitionOptions& options) {
  for (const OcrEngine& engine : all_engines()) {
    if (engine.repeats_reference && !engine.refuses(model, options)) return engine.name;
  }
  return reference_engine().name;
}

/// Gives the pages that did not tell their language the one of others in their script.
void fill(const Corpus& corpus, const std::vector<std::size_t>& asked, const std::string& usual,
          std::vector<PageLanguage>& found) {
  using Place = std::pair<std::filesystem::path, std::string>;
  std::map<Place, Counts> known;  // by file and script; of any file, of any script
  const auto file_of = [&](std::size_t page) { return corpus.pages()[page].file; };
  for (const std::size_t page : asked) {
    const PageLanguage& language = found[page];
    if (language.lang.empty()) continue;
    for (const auto& file : {file_of(page), std::filesystem::path()}) {
      for (const std::string& script : {language.usual, std::string()})
        ++known[{file, script}][language.lang];
    }
  }
  for (const std::size_t page : asked) {
    PageLanguage& language = found[page];
    if (!language.lang.empty()) continue;
    for (const auto& file : {file_of(page), std::filesystem::path()}) {
      const auto counts = known.find({file, language.usual});
      if (language.lang.empty() && counts != known.end())
        language.lang = most_frequent(counts->second);
    }
    if (language.lang.empty()) language.lang = language.usual.empty() ? usual : language.usual;
  }
}

/// "12 deu, 3 eng", the most frequent first.
std::string counts_text(const Counts& counts) {
  using Count = std::pair<std::string, std::size_t>;
  std::vector<Count> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater{}, &Count::second);
  std::vector<std::string> parts;
  parts.reserve(sorted.size());
  for (const auto& [lang, count] : sorted) parts.push_back(fmt::format("{} {}", count, lang));
  return joined(parts, ", ");
}

void report(const Corpus& corpus, const std::vector<std::size_t>& asked, const Counts& missing,
            const Events& events) {
  Counts found;
  for (const std::size_t page : asked) ++found[corpus.pages()[page].lang];
  events.say(tr("languages of pages: {}", counts_text(found)));
  for (const auto& [model, count] : missing)
    events.warn(tr("{}, probably in {}: {}", counted(count, "page"), language_name(model),
                   how_to_get_model(model)));
}

}  // namespace

Corpus with_languages_found(Corpus corpus, const Events& events, const MemoryPlan& plan,
                            const std::string& tessdata) {
  std::vector<std::size_t> asked;
  std::vector<PageLanguage> languages(corpus.pages().size());
  for (std::size_t page = 0; page < languages.size(); ++page) {
    const std::string& lang = corpus.pages()[page].lang;
    if (lang == kAutomaticLanguage)
      asked.push_back(page);
    else
      languages[page].lang = lang;
  }
  if (asked.empty()) return corpus;
  const std::string folder = tessdata_folder(tessdata);
  const LanguageFinder finder(installed_languages(folder));
  if (finder.empty())
    throw Error(Errc::dependency_missing,
                tr("language `auto`: no model of a language in {}",
                   folder.empty() ? tr("any tessdata folder") : shown_model_folder(folder)));
  RecognitionOptions recognition{.tessdata = tessdata};
  recognition.engine = deciding_engine(finder.usual(), recognition);
  Counts missing;
  work_on_pages<PageLanguage>(
      {.corpus = corpus,
       .which = asked,
       .plan = plan,
       .recognition = recognition,
       .events = events,
       .line = [progress = PagesProgress()](
                   std::size_t done,
                   std::size_t all) { return tr("finding languages: {}", progress(done, all)); },
       // The work on the page reports why.
       .leave_out = [](std::size_t, const std::string&) {}},
      [&](PageAtWork& at) {
        return finder.find(corpus.image(at.index), at.recognizers, *events.stop);
      },
      [&](std::size_t index, const PageLanguage& found) {
        languages[index] = found;
        if (!found.missing.empty()) ++missing[found.missing];
      });
  if (events.stopped()) throw Error(Errc::interrupted, tr("interrupted; nothing was written"));
  fill(corpus, asked, finder.usual(), languages);
  std::vector<std::string> names;
  names.reserve(languages.size());
  for (const PageLanguage& language : languages) names.push_back(language.lang);
  corpus = corpus.with_languages(names);
  report(corpus, asked, missing, events);
  return corpus;
}

}  // namespace ocrtune::workflow
