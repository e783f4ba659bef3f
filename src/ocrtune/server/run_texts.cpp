#include "ocrtune/server/run_texts.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/apply/journal.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/server/message.h"
#include "ocrtune/workflow/page_output.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

/// How many runs are followed; of others, the texts are read again.
constexpr std::size_t kMostRuns = 4;
constexpr std::uint64_t kMostTextBytes = std::uint64_t{16} << 20U;

json page_json(const IndexedText& page) {
  return {{"page", page.page},
          {"name", page.name},
          {"expected_cer", page.expected_cer},
          {"confidence", page.confidence},
          {"words", page.words},
          {"pipeline", page.pipeline},
          {"found", page.found}};
}

/// The text that was written for a page; empty if texts are not among the run's formats.
std::string written_text(const AppliedRun& run, const Page& page) {
  try {
    return read_text(workflow::output_path(run.output, page, ".txt"), kMostTextBytes,
                     Errc::not_found);
  } catch (const Error&) {
    return "";
  }
}

}  // namespace

/// A run's index, and how far its journal has been read.
struct RunTexts::Followed {
  explicit Followed(const AppliedRun& run) : of(run), journal(run.output) {
    for (const Page& page : run.corpus->pages()) numbers.emplace(page.name, numbers.size());
  }

  void follow() {
    for (auto pages = journal.next(); !pages.empty(); pages = journal.next()) {
      index.begin();
      for (const AppliedPage& page : pages) {
        const auto number = numbers.find(page.page);
        if (number == numbers.end()) continue;  // of a corpus before
        index.put({.page = number->second,
                   .name = page.page,
                   .expected_cer = page.expected_cer,
                   .confidence = page.confidence,
                   .words = page.words,
                   .pipeline = page.pipeline},
                  written_text(of, of.corpus->pages()[number->second]));
      }
      index.end();
    }
  }

  AppliedRun of;
  std::mutex mutex;
  JournalTail journal;
  TextIndex index;
  std::map<std::string, std::size_t, std::less<>> numbers;  ///< of the corpus's pages, by name
};

std::shared_ptr<RunTexts::Followed> RunTexts::followed(const AppliedRun& run) {
  const std::scoped_lock lock(mutex_);
  const auto known = std::ranges::find_if(
      runs_, [&](const auto& one) { return one->of.id == run.id && one->of.corpus == run.corpus; });
  std::shared_ptr<Followed> found;
  if (known != runs_.end()) {
    found = *known;
    runs_.erase(known);
  } else {
    found = std::make_shared<Followed>(run);
  }
  runs_.push_back(found);
  if (runs_.size() > kMostRuns) runs_.pop_front();
  return found;
}

json RunTexts::list(const AppliedRun& run, const TextQuery& query) {
  const auto found = followed(run);
  const std::scoped_lock lock(found->mutex);
  found->follow();
  const TextList list = found->index.list(query);
  json pages = json::array();
  for (const IndexedText& page : list.pages) pages.push_back(page_json(page));
  return {{"total", list.total}, {"from", query.from}, {"pages", std::move(pages)}};
}

json RunTexts::text(const AppliedRun& run, std::size_t page) {
  const auto found = followed(run);
  const std::scoped_lock lock(found->mutex);
  found->follow();
  const auto text = found->index.text(page);
  if (!text) throw HttpError(404, tr("this page has no text yet"));
  const Page& of = run.corpus->pages()[page];
  return {{"page", page},
          {"name", of.name},
          {"width", of.width},
          {"height", of.height},
          {"text", *text}};
}

}  // namespace ocrtune::server
