#include "ocrtune/workflow/shared_apply.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <thread>
#include <utility>

#include "ocrtune/apply/shared_journal.h"
#include "ocrtune/base/address.h"
#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/study_run/driven_study.h"
#include "ocrtune/study_run/study_run.h"
#include "ocrtune/workflow/file_failure.h"
#include "ocrtune/workflow/list_collection.h"
#include "ocrtune/workflow/page_applier.h"

namespace ocrtune::workflow {
namespace {

using Clock = std::chrono::steady_clock;

/// Files are taken for so much work at a time.
constexpr double kWorkOfShare = 20;  // s
constexpr std::size_t kMaxOfShare = 1000;

/// How often others are looked at while there is nothing to do, and for progress.
constexpr std::chrono::milliseconds kIdlePause{500};
constexpr std::chrono::seconds kLookPause{2};

/// How many failures are told one by one.
constexpr std::size_t kMaxFailures = 20;

/// Calls `renew` several times in a lease, on a thread of its own, until the end of its scope.
class Renewal {
 public:
  explicit Renewal(std::function<void()> renew)
      : renew_(std::move(renew)), thread_([this] { run(); }) {}
  ~Renewal() {
    {
      const std::scoped_lock lock(mutex_);
      ends_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  Renewal(const Renewal&) = delete;
  Renewal& operator=(const Renewal&) = delete;

  /// Throws what `renew` has thrown.
  void check() {
    const std::scoped_lock lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, std::chrono::duration<double>(kLease / 4),
                           [this] { return ends_; })) {
      lock.unlock();
      std::exception_ptr failure;
      try {
        renew_();
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      failure_ = failure;
      if (failure_) return;
    }
  }

  std::function<void()> renew_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::exception_ptr failure_;
  bool ends_ = false;
  std::thread thread_;
};

class SharedApply {
 public:
  SharedApply(const ApplyOptions& options, const Events& events)
      : options_(options),
        events_(events),
        applier_(options, events),
        lang_(options.pages.lang.value_or(kUsualLanguage)),
        journal_(open_shared_journal(*options.journal, reconnection_for(events))),
        name_(new_worker_name()) {}

  ~SharedApply() {
    try {
      journal_->renew(name_, {}, ended_);
      journal_->give_back(name_);
    } catch (const Error&) {
      return;  // without a connection the claims end by their time
    }
  }
  SharedApply(const SharedApply&) = delete;
  SharedApply& operator=(const SharedApply&) = delete;

  Applied run() {
    make_folder(options_.output);
    const bool lists = joined_to_list();
    Renewal renewal([this] {
      const std::scoped_lock lock(mutex_);
      journal_->renew(name_, held_, ended_);
      told_ = ended_;
    });
    if (lists) list();
    if (events_.stopped()) return result();
    begin(lists);
    start_ = Clock::now();
    count();
    if (counts_.done > 0) events_.say(tr("{} files are already done", counts_.done));
    while (!events_.stopped() && work_on_share()) renewal.check();
    applier_.tell_devices();
    return result();
  }

 private:
  template <typename Action>
  auto with_journal(Action action) {
    const std::scoped_lock lock(mutex_);
    return action(*journal_);
  }

  /// Whether this process is to list the files. Otherwise waits until another one has.
  bool joined_to_list() {
    for (;;) {
      const Turn turn = journal_->join(name_);
      if (turn != Turn::wait || events_.stopped()) return turn == Turn::list;
      events_.progress({tr("waiting for the list of files")});
      std::this_thread::sleep_for(kIdlePause);
    }
  }

  void list() {
    events_.progress({tr("listing files")});
    const CollectionLanguages found = list_collection(
        outside_of(options_.output, options_.pages), lang_, events_,
        [&](std::size_t first, std::span<const CollectionFile> files) {
          with_journal([&](SharedJournal& journal) { journal.list(name_, first, files); });
        });
    languages_ = found.languages;
    left_out_ = found.left_out;
  }

  void begin(bool lists) {
    for (std::string& lang :
         with_journal([](SharedJournal& journal) { return journal.languages(); }))
      languages_.insert(std::move(lang));
    if (languages_.empty())
      throw Error(Errc::input_unreadable, tr("no page could be read; nothing was done"));
    const std::string folder = tessdata_folder(applier_.tessdata());
    if (languages_.contains(std::string(kAutomaticLanguage)))
      throw OptionError(Errc::invalid_argument, "lang", std::string(kAutomaticLanguage),
                        refusal_of_automatic());
    for (const std::string& lang : languages_) require_languages(lang, folder);
    applier_.prepare({languages_.begin(), languages_.end()});
    with_journal([&](SharedJournal& journal) {
      journal.begin(applier_.settings() + program_text(), applier_.models());
      if (lists) add_listed(journal);
    });
  }

  void add_listed(SharedJournal& journal) {
    // On another connection, because this takes longer than a lease for millions of files.
    const std::unique_ptr<SharedJournal> other =
        open_shared_journal(*options_.journal, reconnection_for(events_));
    const Renewal renewal([&] { other->renew(name_, {}, {}); });
    journal.add_listed(name_);
  }

  /// Files in a language that was added after this process began, when it had lost its connection.
  void require_known_languages(const std::vector<CollectionFile>& files) const {
    for (const CollectionFile& file : files) {
      if (languages_.contains(file.lang)) continue;
      throw Error(Errc::study_error,
                  tr("{}: files in the language {} were added after this process began; start it "
                     "again",
                     shown_address(*options_.journal), quotable(file.lang, 80)));
    }
  }

  static std::string refusal_of_automatic() {
    return tr("not with a journal that several processes share; name the languages in a manifest");
  }

  /// All processes recognize with the models of the languages that the list of files has.
  static std::string refusal_of_unlisted(const std::string& lang) {
    if (lang == kAutomaticLanguage) return tr("language `{}`: {}", lang, refusal_of_automatic());
    return tr(
        "language `{}`: with a journal that several processes share, it must be that of a "
        "file; name it in a manifest",
        quotable(lang, 80));
  }

  /// The number of files to take: less towards the end, so that all processes end together.
  std::size_t share() {
    const auto workers = static_cast<std::size_t>(std::max(1, applier_.plan().workers));
    const double by_time =
        files_per_second_ > 0 ? files_per_second_ * kWorkOfShare : 4 * static_cast<double>(workers);
    const auto wanted = std::clamp<std::size_t>(static_cast<std::size_t>(by_time), 1, kMaxOfShare);
    const std::size_t shares = 2 * std::max<std::size_t>(1, processes_);
    return std::max<std::size_t>(1, journal_->waiting(wanted * shares) / shares);
  }

  /// Takes files and works on them. False if there is nothing left to do, for any process.
  bool work_on_share() {
    look();
    const std::vector<CollectionFile> files = with_journal([&](SharedJournal& journal) {
      held_ = journal.claim(name_, share());
      return held_;
    });
    require_known_languages(files);
    if (files.empty()) {
      const bool is_over = with_journal([](SharedJournal& journal) {
        journal.give_up();
        return journal.is_over();
      });
      if (is_over) return false;
      events_.progress({progress_text()});
      std::this_thread::sleep_for(kIdlePause);
      return true;
    }
    const auto begin = Clock::now();
    work_on(files);
    files_per_second_ = static_cast<double>(files.size()) / std::max(1e-3, seconds_since(begin));
    return true;
  }

  /// Of a file with several failures, the first one is kept.
  static void note(std::string& failure, std::string reason) {
    if (failure.empty()) failure = std::move(reason);
  }

  void work_on(const std::vector<CollectionFile>& files) {
    std::vector<InputFile> inputs;
    std::map<std::filesystem::path, std::size_t> numbers;
    for (const CollectionFile& file : files) {
      numbers[file.path] = inputs.size();
      inputs.push_back({.path = file.path, .name = file.name, .lang = file.lang});
    }
    std::vector<Problem> problems;
    CorpusOptions loading =
        corpus_options(options_.pages, applier_.plan(), applier_.in_colour(), lang_);
    loading.refusal_of_language = [this](const std::string& stated) {
      return languages_.contains(stated) ? "" : refusal_of_unlisted(stated);
    };
    const Corpus loaded = Corpus::load(inputs, loading, problems);
    std::vector<std::string> failures(files.size());
    for (const Problem& problem : problems) {
      if (!problem.is_remark)
        note(failures[*problem.file], failure_of(problem, files[*problem.file].path));
    }
    const Corpus corpus = applier_.names().writable(
        loaded, [&](const Page& page, const std::string&, const std::string& why) {
          note(failures[numbers.at(page.file)], failure_of(page, why));
        });
    applier_.begin(corpus);
    const std::vector<std::size_t> open = open_pages(files);
    std::vector<std::size_t> left(files.size());
    const auto file_of = [&](std::size_t page) { return numbers.at(corpus.pages()[page].file); };
    for (const std::size_t page : open) ++left[file_of(page)];
    const auto end_page = [&](std::size_t file) {
      if (--left[file] == 0) finish(files[file], failures[file]);
    };
    for (std::size_t file = 0; file < files.size(); ++file) {
      if (left[file] == 0) finish(files[file], failures[file]);
    }
    applier_.apply(open, {.done =
                              [&](std::size_t page, const AppliedPage& record) {
                                const std::size_t file = file_of(page);
                                with_journal([&](SharedJournal& journal) {
                                  journal.add(files[file], record);
                                });
                                ++pages_;
                                end_page(file);
                              },
                          .left_out =
                              [&](std::size_t page, const std::string& reason) {
                                const std::size_t file = file_of(page);
                                note(failures[file], failure_of(corpus.pages()[page], reason));
                                end_page(file);
                              },
                          .line =
                              [&](std::size_t, std::size_t) {
                                if (Clock::now() - looked_ > kLookPause) look();
                                return progress_text();
                              }});
  }

  /// The pages of these files that are not done yet.
  std::vector<std::size_t> open_pages(const std::vector<CollectionFile>& files) {
    std::map<std::string, AppliedPage> done;
    for (const CollectionFile& file : files) {
      for (AppliedPage& page :
           with_journal([&](SharedJournal& journal) { return journal.pages_of(file); })) {
        std::string name = page.page;
        done.insert_or_assign(std::move(name), std::move(page));
      }
    }
    return applier_.open_pages([&](const Page& page, const std::string& models) {
      const auto found = done.find(page.name);
      return found != done.end() && found->second.pixels == page.identity().text() &&
             found->second.models == models;
    });
  }

  void finish(const CollectionFile& file, const std::string& failure) {
    with_journal([&](SharedJournal& journal) {
      journal.finish(name_, file, failure);
      ++(failure.empty() ? ended_.done : ended_.failed);
      std::erase_if(held_, [&](const CollectionFile& one) { return one.id == file.id; });
    });
  }

  void count() {
    const std::scoped_lock lock(mutex_);
    at_start_ = counts_ = journal_->counts();
  }

  void look() {
    with_journal([&](SharedJournal& journal) {
      counts_ = journal.progress();
      counts_.done += ended_.done - told_.done;
      counts_.failed += ended_.failed - told_.failed;
      processes_ = journal.workers();
    });
    looked_ = Clock::now();
  }

  [[nodiscard]] std::string progress_text() const {
    const std::size_t ended = std::min(counts_.ended(), counts_.all);
    const double rate = static_cast<double>(ended - std::min(ended, at_start_.ended())) /
                        std::max(1e-3, seconds_since(start_));
    std::string text =
        tr("{}/{} files, {:.2f} files/s, {} processes", ended, counts_.all, rate, processes_);
    if (rate > 0) {
      text += ", " + tr("{} left", duration_text(static_cast<double>(counts_.all - ended) / rate));
    }
    return text;
  }

  Applied result() {
    const std::scoped_lock lock(mutex_);
    counts_ = journal_->counts();
    Applied result{.portfolio = applier_.portfolio(),
                   .summary = journal_->summary(),
                   .pages = pages_,
                   .left_out = left_out_ + counts_.failed};
    for (const FailedFile& file : journal_->failed(kMaxFailures))
      events_.warn(shown(file.path) + ": " + file.reason);
    if (counts_.failed > kMaxFailures)
      events_.warn(tr("{} further files have failed", counts_.failed - kMaxFailures));
    return result;
  }

  const ApplyOptions& options_;
  const Events& events_;
  PageApplier applier_;
  std::string lang_;
  std::set<std::string> languages_;  // that the models were checked for
  std::mutex mutex_;                 // of the journal and what is held
  std::unique_ptr<SharedJournal> journal_;
  std::vector<CollectionFile> held_;
  FileCounts ended_;  // by this process
  FileCounts told_;   // of them, what others know of
  const std::string name_;
  FileCounts counts_;
  FileCounts at_start_;
  Clock::time_point start_;
  Clock::time_point looked_;
  std::size_t processes_ = 1;
  double files_per_second_ = 0;
  std::size_t pages_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace

Applied shared_apply(const ApplyOptions& options, const Events& events) {
  if (!is_postgresql_address(*options.journal)) {
    throw OptionError(Errc::invalid_argument, "journal", shown_address(*options.journal),
                      tr("not an address on a PostgreSQL server ({})", kPostgresqlForm));
  }
  return SharedApply(options, events).run();
}

}  // namespace ocrtune::workflow
