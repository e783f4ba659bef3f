#include "ocrtune/workflow/apply_pages.h"

#include <memory>
#include <utility>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/study_run/study_run.h"

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

}  // namespace

Applied apply_pages(PageApplier& applier, const ApplyOptions& options, const LoadedPages& loaded,
                    const Events& events) {
  const Corpus& corpus = loaded.corpus;
  applier.begin(corpus);
  applier.prepare(languages_of(corpus));
  const std::string program = program_text();
  const auto journal = std::make_shared<ApplyJournal>(options.output, applier.settings(), program);
  // Not those that were done with other models or other pixels.
  const std::vector<std::size_t> open =
      applier.open_pages([&](const Page& page, const std::string& models) {
        return journal->has(page.name, page.identity().text(), models);
      });
  const std::size_t done_before = corpus.pages().size() - open.size();
  if (done_before > 0) events.say(tr("{} pages are already done", done_before));
  if (done_before > 0 && journal->begun_by() != program)
    events.warn(
        tr("{} was begun by {}: what is done stays as it is; another output folder has all "
           "pages by the current version",
           shown(options.output), journal->begun_by()));
  Applied result{
      .portfolio = applier.portfolio(), .summary = {}, .pages = 0, .left_out = loaded.left_out};
  applier.apply(open, {.done =
                           [&](std::size_t, const AppliedPage& page) {
                             journal->add(page);
                             ++result.pages;
                           },
                       .left_out =
                           [&](std::size_t index, const std::string& reason) {
                             warn_of_failure(events, corpus.pages()[index], reason);
                             ++result.left_out;
                           },
                       .line = PagesProgress()});
  applier.tell_devices();
  journal->require_file();
  result.each_page = records_of(corpus, journal);
  result.summary = summary_of(result.each_page, done_before);
  return result;
}

}  // namespace ocrtune::workflow
