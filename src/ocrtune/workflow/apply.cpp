#include "ocrtune/workflow/apply.h"

#include <utility>

#include "ocrtune/apply/journal.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/workflow/page_applier.h"
#include "ocrtune/workflow/shared_apply.h"

namespace ocrtune::workflow {
namespace {

/// The pages that are not done yet, or were done with other models or other pixels.
std::vector<std::size_t> open_pages(const ApplyJournal& journal, const PageApplier& applier) {
  return applier.open_pages([&](const Page& page) {
    const auto found = journal.done().find(page.name);
    return found == journal.done().end() ? nullptr : &found->second;
  });
}

}  // namespace

Applied apply(const ApplyOptions& options, const Events& events) {
  check_fields(options);
  if (options.journal) return shared_apply(options, events);
  PageApplier applier(options, events);
  const LoadedPages loaded =
      load_pages(options.pages, events, applier.plan(), applier.tessdata(), applier.in_colour());
  const Corpus& corpus = loaded.corpus;
  applier.begin(corpus);
  applier.prepare(languages_of(corpus));
  ApplyJournal journal(options.output, applier.settings());
  const std::vector<std::size_t> open = open_pages(journal, applier);
  const std::size_t done_before = corpus.pages().size() - open.size();
  if (done_before > 0) events.say(tr("{} pages are already done", done_before));
  Applied result{.portfolio = applier.portfolio(),
                 .summary = {},
                 .pages = open.size(),
                 .left_out = loaded.left_out};
  applier.apply(open, {.done = [&](std::size_t, const AppliedPage& page) { journal.add(page); },
                       .left_out =
                           [&](std::size_t index, const std::string& reason) {
                             warn_of_failure(events, corpus.pages()[index], reason);
                             ++result.left_out;
                           },
                       .line = pages_line});
  applier.tell_devices();
  std::vector<AppliedPage> done;
  for (const Page& page : corpus.pages()) {
    const auto found = journal.done().find(page.name);
    if (found != journal.done().end()) done.push_back(found->second);
  }
  result.summary = summary_of(std::move(done), done_before);
  return result;
}

}  // namespace ocrtune::workflow
