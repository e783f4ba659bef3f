#include "ocrtune/server/run_texts.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "ocrtune/analysis/pages_to_correct.h"
#include "ocrtune/apply/journal.h"
#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/optional_json.h"
#include "ocrtune/base/parallel.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/corpus/page_edits.h"
#include "ocrtune/documents/words_json.h"
#include "ocrtune/server/ground_truth.h"
#include "ocrtune/server/message.h"

namespace ocrtune::server {
namespace {

using nlohmann::json;

/// How many runs are followed; of others, the texts are read again.
constexpr std::size_t kMaxRuns = 4;

json page_json(const IndexedText& page, const Corpus& corpus) {
  return {{"page", page.page},
          {"name", page.name},
          {"version", corpus.pages()[page.page].identity().text()},
          {"expected_cer", page.expected_cer},
          {"confidence", page.confidence},
          {"words", page.words},
          {"pipeline", page.pipeline},
          {"reasons", reasons_json(page.reasons)},
          {"truth", corpus.pages()[page.page].truth.has_value()},
          {"found", page.found}};
}

bool same_pages(const Corpus& a, const Corpus& b) {
  return std::ranges::equal(a.pages(), b.pages(), [](const Page& one, const Page& other) {
    return one.name == other.name && one.identity() == other.identity() && one.lang == other.lang &&
           one.lang_found == other.lang_found;
  });
}

/// True if the page was recognized as it is now: with colours or without, which a run loads if they
/// are used, and in the language that is stated. One that is found may be found again as another.
bool is_of(const Page& page, const AppliedPage& recognized) {
  const bool same_pixels =
      page.pixel_hash.text() == recognized.pixels || page.identity().text() == recognized.pixels;
  return same_pixels &&
         (page.lang_found || recognized.lang.empty() || page.lang == recognized.lang);
}

}  // namespace

/// A run's index, and how far its journal has been read.
struct RunTexts::Followed {
  explicit Followed(const AppliedRun& run) : of(run), journal(run.output) {
    for (const Page& page : run.corpus->pages()) numbers.emplace(page.name, numbers.size());
  }

  void follow() {
    for (auto pages = journal.next(); !pages.empty(); pages = journal.next()) {
      // Of a large run, opening the files takes longer than indexing their texts.
      std::vector<std::string> texts(pages.size());
      parallel_for(machine_resources().logical_cores, pages.size(), [&](std::size_t i) {
        if (const auto number = number_of(pages[i]))
          texts[i] = written_text(of, of.corpus->pages()[*number]);
      });
      index.together([&] {
        for (std::size_t i = 0; i < pages.size(); ++i) put(pages[i], texts[i]);
      });
    }
  }

  /// The page's number in the corpus; nothing for one of a corpus before, or from before an edit.
  [[nodiscard]] std::optional<std::size_t> number_of(const AppliedPage& page) const {
    const auto number = numbers.find(page.page);
    const bool is_there =
        number != numbers.end() && is_of(of.corpus->pages()[number->second], page);
    return is_there ? std::optional(number->second) : std::nullopt;
  }

  void put(const AppliedPage& page, const std::string& text) {
    journalled.insert(page.page);
    const auto number = number_of(page);
    if (!number) return forget(page.page);
    constexpr int kQuarterTurn = 90;
    written.insert_or_assign(*number, (page.rotate / kQuarterTurn) & 3);
    index.put({.page = *number,
               .name = page.page,
               .expected_cer = page.expected_cer,
               .confidence = page.confidence,
               .words = page.words,
               .pipeline = page.pipeline,
               .reasons = page.reasons},
              text, of.corpus->pages()[*number].truth.value_or(""));
  }

  /// A page of that name was recognized again, as something else than it is now.
  void forget(const std::string& name) {
    const auto number = numbers.find(name);
    if (number == numbers.end() || written.erase(number->second) == 0) return;
    index.remove(number->second);
  }

  /// How many pages have changed since they were recognized, or come from a scan that was edited
  /// into them.
  [[nodiscard]] std::size_t count_edited() const {
    std::error_code ignored;
    std::size_t count = 0;
    for (std::size_t i = 0; i < of.corpus->pages().size(); ++i) {
      const Page& page = of.corpus->pages()[i];
      if (!written.contains(i) && (journalled.contains(page.name) ||
                                   std::filesystem::exists(edits_file(page.file), ignored)))
        ++count;
    }
    return count;
  }

  /// Takes over ground truth that has changed; `corpus` has the same pages.
  void take_truths(const std::shared_ptr<const Corpus>& corpus) {
    if (corpus == of.corpus) return;
    index.together([&] {
      for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto& truth = corpus->pages()[i].truth;
        if (truth != of.corpus->pages()[i].truth) index.put_truth(i, truth.value_or(""));
      }
    });
    of.corpus = corpus;
  }

  AppliedRun of;
  std::mutex mutex;
  JournalTail journal;
  TextIndex index;
  std::map<std::string, std::size_t, std::less<>> numbers;  ///< of the corpus's pages, by name
  std::set<std::string> journalled;  ///< names of the pages that were recognized, as they were then
  std::map<std::size_t, int> written;  ///< of those in the index, by number: their quarter turns
};

std::shared_ptr<RunTexts::Followed> RunTexts::followed(const AppliedRun& run) {
  const std::scoped_lock lock(mutex_);
  const auto known = std::ranges::find_if(runs_, [&](const auto& one) {
    return one->of.id == run.id && one->numbers.size() == run.corpus->pages().size();
  });
  std::shared_ptr<Followed> found;
  if (known != runs_.end()) {
    found = *known;
    runs_.erase(known);
  } else {
    found = std::make_shared<Followed>(run);
  }
  runs_.push_back(found);
  if (runs_.size() > kMaxRuns) runs_.pop_front();
  return found;
}

void RunTexts::forget(const std::shared_ptr<Followed>& followed) {
  const std::scoped_lock lock(mutex_);
  std::erase(runs_, followed);
}

/// What `look` returns for the run's index, which is up to date.
template <class Look>
auto RunTexts::look(const AppliedRun& run, Look look) {
  std::shared_ptr<Followed> found = followed(run);
  std::unique_lock lock(found->mutex);
  if (found->of.corpus != run.corpus && !same_pages(*found->of.corpus, *run.corpus)) {
    lock.unlock();
    forget(found);
    found = followed(run);
    lock = std::unique_lock(found->mutex);
  }
  try {
    found->take_truths(run.corpus);
    found->follow();
    return look(*found);
  } catch (const Error& error) {
    forget(found);  // its journal was read further than its index goes
    if (error.code() != Errc::study_error) throw;
    throw HttpError(503, tr("the texts could not be indexed: is the disk full?"));
  } catch (...) {
    forget(found);
    throw;
  }
}

json RunTexts::list(const AppliedRun& run, const TextQuery& query) {
  std::size_t edited = 0;
  const TextList list = look(run, [&](Followed& found) {
    edited = found.count_edited();
    return found.index.list(query);
  });
  json pages = json::array();
  for (const IndexedText& page : list.pages) pages.push_back(page_json(page, *run.corpus));
  return {
      {"total", list.total}, {"from", query.from}, {"edited", edited}, {"pages", std::move(pages)}};
}

json RunTexts::text(const AppliedRun& run, std::size_t page) {
  const auto text = look(run, [&](Followed& found) { return found.index.text(page); });
  if (!text) throw HttpError(404, tr("this page has no text yet"));
  const Page& of = run.corpus->pages()[page];
  return {{"page", page},
          {"name", of.name},
          {"width", of.width},
          {"height", of.height},
          {"text", *text},
          {"truth", or_null(of.truth)},
          {"truth_version", truth_version(of, of.truth)},
          {"words", words_json(written_words(run, of).value_or(OcrResult{}))}};
}

json RunTexts::to_correct(const AppliedRun& run, std::size_t wanted,
                          const std::atomic<bool>& stop) {
  constexpr std::size_t kAll = 1'000'000'000;
  const TextList all =
      look(run, [&](Followed& found) { return found.index.list({.words = "", .count = kAll}); });
  std::vector<RecognizedPage> recognized;
  for (const IndexedText& page : all.pages)
    recognized.push_back({.page = page.page, .expected_cer = page.expected_cer});
  json pages = json::array();
  for (const std::size_t number : pages_to_correct(*run.corpus, recognized, wanted, features_,
                                                   machine_resources().logical_cores, stop))
    pages.push_back(
        page_json(*std::ranges::find(all.pages, number, &IndexedText::page), *run.corpus));
  return {{"pages", std::move(pages)}};
}

std::vector<WrittenPage> RunTexts::pages(const AppliedRun& run) {
  return look(run, [](Followed& found) {
    std::vector<WrittenPage> pages;
    pages.reserve(found.written.size());
    for (const auto& [page, turns] : found.written) pages.push_back({page, turns});
    return pages;
  });
}

}  // namespace ocrtune::server
