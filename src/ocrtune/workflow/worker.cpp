#include "ocrtune/workflow/worker.h"

#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "ocrtune/base/address.h"
#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/temporary_folder.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/search/task_evaluator.h"
#include "ocrtune/search/task_worker.h"
#include "ocrtune/storage/postgresql_place.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/task_queue.h"
#include "ocrtune/study_run/driven_study.h"
#include "ocrtune/study_run/study_inputs.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kUsualWait = 60;  // s

/// How often a worker looks whether the study is still driven.
constexpr std::chrono::milliseconds kLook{500};
/// How often it looks whether it shall end.
constexpr std::chrono::milliseconds kGlance{50};

class Work {
 public:
  Work(const WorkerOptions& options, const Events& events)
      : options_(options),
        events_(events),
        wait_(options.wait.value_or(kUsualWait)),
        reconnection_{.patience = wait_,
                      .stopped = [&events] { return events.stopped(); },
                      .say = events.say,
                      .restored = [this] { last_driven_ = Clock::now(); }} {}

  WorkerResult run() {
    std::unique_ptr<Storage> study = wait_for([&] { return existing_study(); });
    if (study == nullptr) return {};
    const std::size_t page_count = study->definition().pages.size();
    const auto queue = open_task_queue(options_.study, page_count, reconnection_);
    const auto driver = wait_for([&] { return queue->driver(); });
    if (!driver) return {};
    require_same_program(*driver);
    const OpenStudy open = opened(*study, *driver);
    study.reset();
    if (events_.stopped()) return {};
    const auto pages = std::make_shared<TaskEvaluator>(open.pages, open.recognition,
                                                       plan_work(options_.work, options_.ocr),
                                                       pipeline_of(open.storage->definition()));
    TaskWorker worker(open_task_queue(options_.study, page_count, quiet_reconnection()),
                      new_worker_name(), pages->threads(), evaluating(pages));
    events_.say(tr("{} pages, study {}", page_count, shown_address(options_.study)));
    work(worker, *queue, *driver);
    worker.stop();
    return {.pages = worker.pages_done()};
  }

 private:
  /// Calls `find` until it finds something; nothing if it did not in time, or if it was stopped.
  template <typename Find>
  auto wait_for(Find find) -> decltype(find()) {
    const auto end = Clock::now() + std::chrono::duration<double>(wait_);
    for (;;) {
      auto found = find();
      if (found || events_.stopped() || Clock::now() > end) return found;
      events_.progress({tr("waiting for a command that drives the study")});
      std::this_thread::sleep_for(kLook);
    }
  }

  [[nodiscard]] std::unique_ptr<Storage> existing_study() {
    // An address without a server is told at once.
    const bool exists =
        study_exists(options_.study, was_connected_ ? reconnection_ : Reconnection{});
    was_connected_ = true;
    return exists ? view_study(options_.study, reconnection_) : nullptr;
  }

  void require_same_program(const Driver& driver) const {
    if (driver.program == program_text()) return;
    throw Error(Errc::study_error,
                tr("{}: is driven by {}, and this is {}; use the same versions",
                   shown_address(options_.study), driver.program, program_text()));
  }

  /// Of a second connection, which is lost with the first one.
  [[nodiscard]] Reconnection quiet_reconnection() const {
    return {.patience = reconnection_.patience, .stopped = reconnection_.stopped};
  }

  /// The pages must be those of the study: StudyRun compares them.
  OpenStudy opened(const Storage& study, const Driver& driver) {
    std::optional<TemporaryFolder> folder;
    StudyOptions asked{.pages = options_.pages, .study = options_.study};
    asked.work = options_.work;
    asked.ocr = options_.ocr;
    if (asked.pages.inputs.empty())
      asked.pages.inputs =
          study_inputs(study.definition(), folder.emplace().path() / "manifest.csv");
    StudyRun run(asked, {}, events_);
    return run.join(references_named(driver.references));
  }

  /// Until no process drives the study any more.
  void work(const TaskWorker& worker, TaskQueue& queue, const Driver& driver) {
    last_driven_ = Clock::now();
    while (!events_.stopped()) {
      const auto now = Clock::now();
      worker.check();
      if (const std::optional<Driver> drives = queue.driver()) {
        last_driven_ = now;
        require_same_program(*drives);
        if (drives->references != driver.references)
          throw Error(Errc::study_error,
                      tr("{}: the references of its pages have changed; start the worker again",
                         shown_address(options_.study)));
      }
      if (now - last_driven_ > std::chrono::duration<double>(wait_)) return;
      events_.progress({tr("{} pages evaluated", worker.pages_done())});
      for (auto at = now; at < now + kLook && !events_.stopped(); at = Clock::now())
        std::this_thread::sleep_for(kGlance);
    }
  }

  const WorkerOptions& options_;
  const Events& events_;
  double wait_;  // s
  Reconnection reconnection_;
  bool was_connected_ = false;
  Clock::time_point last_driven_;
};

}  // namespace

Options options_of(WorkerOptions& options) {
  Options rows{{.name = "study",
                .field = &options.study,
                .group = "Study",
                .help = "Study on a PostgreSQL server (postgresql://USER@HOST/DATABASE/STUDY)",
                .required = true,
                .value_name = "ADDRESS",
                .completion = Completion::study_address}};
  Options pages = options_of(options.pages);
  for (Option& row : pages) row.required = false;
  rows.insert(rows.end(), pages.begin(), pages.end());
  rows.push_back({.name = "wait",
                  .field = &options.wait,
                  .group = "Study",
                  .help = "End after this time without a command that drives the study, or without "
                          "the server, such as 90s, 10m or 2h",
                  .usual = duration_text(kUsualWait),
                  .range = NumberRange{kShortestDuration, kLongestDuration},
                  .notation = Notation::duration});
  append(rows, tessdata_option(options.ocr));
  Options work = options_of(options.work);
  rows.insert(rows.end(), work.begin(), work.end());
  return rows;
}

WorkerResult worker(const WorkerOptions& options, const Events& events) {
  check_fields(options);
  if (!is_postgresql_address(options.study)) {
    throw OptionError(Errc::invalid_argument, "study", shown_address(options.study),
                      tr("not a study on a PostgreSQL server ({})", kPostgresqlForm));
  }
  return Work(options, events).run();
}

}  // namespace ocrtune::workflow
