#include "ocrtune/workflow/apply.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/workflow/document_output.h"
#include "ocrtune/workflow/page_applier.h"
#include "ocrtune/workflow/read.h"
#include "ocrtune/workflow/shared_apply.h"

namespace ocrtune::workflow {
namespace {

/// The records of the pages of a corpus, in its order.
EachAppliedPage records_of(const Corpus& corpus, std::shared_ptr<const ApplyJournal> journal) {
  std::vector<ApplyJournal::Place> places;
  for (const Page& page : corpus.pages()) {
    if (const auto place = journal->find(page.name)) places.push_back(*place);
  }
  return [places = std::move(places), journal = std::move(journal)](const auto& take) {
    for (const ApplyJournal::Place place : places) take(journal->at(place));
  };
}

/// The options for the folder of a document, if there is one.
ApplyOptions for_folder(ApplyOptions options, const std::optional<DocumentOutput>& document) {
  if (!document) return options;
  options.output = document->folder.string();
  options.formats = {document->format};
  return options;
}

/// Writes the document, if that is not done page by page, and removes what was kept for it, unless
/// pages without a result are to be tried again.
void finish(const DocumentOutput& document, const Corpus& corpus, const Applied& applied,
            bool omit_blank, bool is_whole) {
  if (document.format == kTextFormat) {
    std::set<std::string> left_out;
    if (omit_blank) {
      applied.each_page([&](const AppliedPage& page) {
        if (page.is_blank()) left_out.insert(page.page);
      });
    }
    join_texts(document, corpus, [&](const Page& page) { return left_out.contains(page.name); });
  }
  std::error_code ignored;
  if (is_whole) std::filesystem::remove_all(document.folder, ignored);
}

}  // namespace

Applied apply(const ApplyOptions& given, const Events& events) {
  check_fields(given);
  const std::optional<DocumentOutput> document = document_output(given);
  if (given.journal) return shared_apply(given, events);
  const ApplyOptions options = for_folder(given, document);
  PageApplier applier(options, events, document);
  const LoadedPages loaded = load_pages(outside_of(given.output, options.pages), events,
                                        applier.plan(), applier.tessdata(), applier.in_colour());
  const Corpus& corpus = loaded.corpus;
  applier.begin(corpus);
  applier.prepare(languages_of(corpus));
  const auto journal = std::make_shared<ApplyJournal>(options.output, applier.settings());
  // Not those that were done with other models or other pixels.
  const std::vector<std::size_t> open =
      applier.open_pages([&](const Page& page, const std::string& models) {
        return journal->has(page.name, page.identity().text(), models);
      });
  const std::size_t done_before = corpus.pages().size() - open.size();
  if (done_before > 0) events.say(tr("{} pages are already done", done_before));
  Applied result{.portfolio = applier.portfolio(),
                 .summary = {},
                 .pages = open.size(),
                 .left_out = loaded.left_out};
  applier.apply(open, {.done = [&](std::size_t, const AppliedPage& page) { journal->add(page); },
                       .left_out =
                           [&](std::size_t index, const std::string& reason) {
                             warn_of_failure(events, corpus.pages()[index], reason);
                             ++result.left_out;
                           },
                       .line = pages_line});
  applier.tell_devices();
  journal->require_file();
  result.each_page = records_of(corpus, journal);
  result.summary = summary_of(result.each_page, done_before);
  if (document && !events.stopped())
    finish(*document, corpus, result, options.omit_blank, result.left_out == loaded.left_out);
  return result;
}

}  // namespace ocrtune::workflow
