#include "ocrtune/server/runs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/folder_entries.h"
#include "ocrtune/base/folder_sync.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/time.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/server/message.h"
#include "ocrtune/server/run.h"
#include "ocrtune/server/run_command.h"

namespace ocrtune::server {
namespace fs = std::filesystem;

using nlohmann::json;

namespace {

/// Temporary path of a run's folder until it is complete.
fs::path unfinished(const fs::path& place) {
  return place.parent_path() / (".new-" + place.filename().string());
}

void write_inputs(const RunRequest& request, const std::string& applied, const RunPlaces& places) {
  const bool one = request.study.empty() || request.best_only;
  if (request.applies() && !request.study.empty()) {
    write_atomically(one ? places.pipeline() : places.recipe(), applied);
  } else if (request.pipeline) {
    write_atomically(places.pipeline(), pipeline_text(*request.pipeline));
  }
}

/// Adds the progress that a run made after its numbers were last stored.
void catch_up(Run& run, const RunPlaces& places) {
  const std::optional<std::size_t> total = run.record.numbers.total;
  RunProgress progress(run.record.request, places, total.value_or(0));
  try {
    do {
      const std::vector<TrialOutcome> trials = progress.read(0, run.record.busy_s);
      run.history.insert(run.history.end(), trials.begin(), trials.end());
    } while (!progress.is_whole());
  } catch (const Error&) {
    return;  // reported when the study is resumed
  }
  run.record.numbers = progress.numbers();
  run.record.numbers.left_s.reset();
}

/// For a run that waits, whose next state is set by the caller. An earlier process of it may still
/// be about to end.
void stop_waiting(Run& run) {
  run.to_start = false;
  run.at_work = run.process != nullptr;
  if (!run.at_work && !run.record.ended_ms) run.record.ended_ms = now_us() / 1000;
}

[[noreturn]] void not_now(const RunRecord& record, std::string_view what) {
  throw HttpError(409, tr("the run {} is {}; it can't be {}", record.id,
                          translated(state_name(record.state)), translated(what)));
}

}  // namespace

Runs::Runs(fs::path folder, fs::path program, std::size_t most, std::shared_ptr<EventHub> events,
           std::function<void()> on_end)
    : folder_(std::move(folder)),
      program_(std::move(program)),
      most_(most),
      events_(std::move(events)),
      on_end_(std::move(on_end)) {
  make_folder(folder_ / ".ocrtune" / "runs");
  lock_folder();
  news_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  load();
  thread_ = std::jthread([this] { supervise(); });
}

Runs::~Runs() {
  close();
  if (news_ >= 0) ::close(news_);
  if (lock_ >= 0) ::close(lock_);
}

fs::path Runs::place(const std::string& id) const { return folder_ / ".ocrtune" / "runs" / id; }

RunPlaces Runs::places(const std::string& id) const {
  return {.folder = folder_, .own = place(id)};
}

void Runs::lock_folder() {
  const fs::path file = folder_ / ".ocrtune" / "runs" / "lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
  const bool taken = lock_ >= 0;
  if (taken) ::close(lock_);
  throw Error(Errc::study_error,
              fmt::format("{}: {}", shown(folder_),
                          taken ? tr("another `ocrtune serve` is running in this folder")
                                : tr("can't be written")));
}

/// Loads the runs of earlier servers; those that were active are interrupted, and those that waited
/// wait.
void Runs::load() {
  std::error_code failure;
  for (const fs::directory_entry& entry : entries_of(place(""), failure)) {
    const std::string id = entry.path().filename().string();
    if (id.starts_with(".new-")) fs::remove_all(entry.path(), failure);
    if (!is_run_id(id)) continue;
    try {
      RunRecord record = load_run(entry.path());
      if (record.id != id) continue;
      const bool was_at_work = record.process.pid > 0;
      (void)end_leftover(record.process);
      record.process = {};
      if (record.state == RunState::running || record.state == RunState::cancelling)
        record.state = RunState::interrupted;
      if (was_at_work && !record.ended_ms) record.ended_ms = now_us() / 1000;
      BoundedLog log(entry.path() / "log", record.log_dropped);
      auto run = std::make_shared<Run>(Run{.record = std::move(record), .log = std::move(log)});
      run->busy_before_s = run->record.busy_s;
      run->at_work = run->to_start = run->record.state == RunState::queued;
      if (was_at_work) {
        catch_up(*run, places(id));
        save_run(run->record, entry.path());
      }
      runs_.emplace(id, std::move(run));
    } catch (const Error&) {
      continue;  // cannot be shown as a run; its files are kept
    }
  }
}

std::string Runs::begin(RunRequest request, const RunCorpus& corpus, const std::string& applied) {
  const std::scoped_lock lock(mutex_);
  if (closing_) throw HttpError(503, tr("the server is shutting down"));
  refuse_conflict(request, corpus.models, nullptr);
  std::string id = new_run_id();
  const RunPlaces whole = places(id);
  RunRecord record{.id = id,
                   .request = std::move(request),
                   .arguments = {},
                   .models = corpus.models,
                   .language = std::string(language_tag(current_language())),
                   .state = RunState::queued,
                   .started_ms = now_us() / 1000,
                   .queued_us = now_us(),
                   .numbers = {},
                   .message = "",
                   .process = {}};
  record.arguments = command_of(record.request, corpus, whole);
  record.numbers.total = trials_of(record.request);
  const RunPlaces made{.folder = folder_, .own = unfinished(whole.own)};
  make_folder(made.own);
  write_inputs(record.request, applied, made);
  save_run(record, made.own);
  std::error_code failure;
  fs::rename(made.own, whole.own, failure);
  if (failure) {
    throw Error(Errc::study_error,
                tr("{}: can't be written: {}", shown(whole.own), system_message(failure)));
  }
  sync_folder(whole.own.parent_path());
  auto run = std::make_shared<Run>(
      Run{.record = std::move(record), .log = BoundedLog(whole.own / "log", 0)});
  run->pages = corpus.page_count;
  run->at_work = run->to_start = true;
  runs_.emplace(id, std::move(run));
  start_waiting();
  wake();
  return id;
}

/// True if a process of the run would be one of those that may run at a time.
bool Runs::has_room(const Run& run) const {
  const auto others = std::ranges::count_if(runs_, [&](const auto& entry) {
    const Run& other = *entry.second;
    return &other != &run && other.at_work &&
           (other.process || other.record.state != RunState::queued);
  });
  return static_cast<std::size_t>(others) < most_;
}

/// Lets runs that wait begin, in their order, as far as there is room.
void Runs::start_waiting() {
  while (!closing_) {
    Run* next = nullptr;
    for (const auto& [id, run] : runs_) {
      if (run->record.state == RunState::queued && has_room(*run) &&
          (next == nullptr || run->record.queued_us < next->record.queued_us))
        next = run.get();
    }
    if (next == nullptr) return;
    next->record.state = RunState::running;
    next->to_keep = true;
  }
}

void Runs::refuse_conflict(const RunRequest& request, const std::string& models,
                           const Run* self) const {
  for (const auto& [id, run] : runs_) {
    if (!run->at_work || run.get() == self) continue;
    const RunRequest& other = run->record.request;
    if ((request.trains() && run->record.models == request.output) ||
        (other.trains() && other.output == models))
      throw HttpError(409, tr("the run {} uses the models in {}", id,
                              quotable(request.trains() ? request.output : models)));
    if (request.searches() != other.searches() || request.written() != other.written()) continue;
    throw HttpError(409, tr("{}: the run {} is running {}", quotable(request.written()), id,
                            request.searches() ? tr("on this study") : tr("in this folder")));
  }
}

Run& Runs::find(const std::string& id) const {
  const auto found = runs_.find(id);
  if (found == runs_.end()) throw HttpError(404, tr("no such run: {}", quotable(id, 60)));
  return *found->second;
}

json Runs::list() const {
  const std::scoped_lock lock(mutex_);
  std::vector<const Run*> runs;
  for (const auto& [id, run] : runs_) runs.push_back(run.get());
  std::ranges::stable_sort(runs, std::ranges::greater{},
                           [](const Run* run) { return run->record.started_ms; });
  json list = json::array();
  for (const Run* run : runs) list.push_back(run_json(run->record));
  return list;
}

json Runs::info(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  return run_json(find(id).record);
}

RunRequest Runs::request(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  return find(id).record.request;
}

json Runs::pause(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  Run& run = find(id);
  const bool waits = run.record.state == RunState::queued;
  if (!waits && run.record.state != RunState::running) not_now(run.record, tr_noop("paused"));
  run.record.state = RunState::paused;
  run.to_interrupt = run.to_keep = true;
  if (waits) stop_waiting(run);
  wake();
  return run_json(run.record);
}

json Runs::cancel(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  Run& run = find(id);
  const bool waits = run.record.state == RunState::queued;
  if (!waits && run.record.state != RunState::running && run.record.state != RunState::paused)
    not_now(run.record, tr_noop("cancelled"));
  if (waits) stop_waiting(run);
  run.record.state = run.at_work ? RunState::cancelling : RunState::cancelled;
  run.to_interrupt = run.at_work;
  run.to_keep = true;
  wake();
  return run_json(run.record);
}

json Runs::resume(const std::string& id, RunCorpus corpus) {
  const std::scoped_lock lock(mutex_);
  Run& run = find(id);
  if (closing_) throw HttpError(503, tr("the server is shutting down"));
  if (!can_resume(run.record.state)) not_now(run.record, tr_noop("resumed"));
  refuse_conflict(run.record.request, run.record.models, &run);
  RunRequest request = run.record.request;
  // The time limit is for all processes of a run together.
  if (std::optional<double>* budget = stated_budget(request); budget != nullptr && *budget)
    *budget = std::max(1.0, **budget - run.record.busy_s);
  corpus.models = run.record.models;
  run.record.arguments = command_of(request, corpus, places(id));
  run.record.language = language_tag(current_language());
  run.record.state = RunState::queued;
  run.record.queued_us = now_us();
  run.record.ended_ms.reset();
  run.record.exit_status.reset();
  run.pages = corpus.page_count;
  run.at_work = run.to_start = run.to_keep = true;
  start_waiting();
  wake();
  return run_json(run.record);
}

void Runs::forget(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  Run& run = find(id);
  if (run.at_work) not_now(run.record, tr_noop("forgotten"));
  // Renamed first, so that its remains are never mistaken for a run.
  std::error_code failure;
  const fs::path gone = unfinished(place(id));
  fs::rename(place(id), gone, failure);
  if (failure) {
    throw Error(Errc::study_error,
                tr("{}: can't be removed: {}", shown(place(id)), system_message(failure)));
  }
  sync_folder(gone.parent_path());
  fs::remove_all(gone, failure);
  runs_.erase(id);
}

json Runs::log(const std::string& id, std::uint64_t from) const {
  const std::scoped_lock lock(mutex_);
  BoundedLog::Part part = find(id).log.read(from);
  return {{"text", std::move(part.text)}, {"next", part.next}};
}

json Runs::history(const std::string& id, std::size_t from) {
  std::string study;
  {
    const std::scoped_lock lock(mutex_);
    const Run& run = find(id);
    if (run.at_work || !run.history.empty() || !run.record.request.searches())
      return history_json(id, run.history, from);
    study = run.record.request.study;
  }
  // A run of an earlier server, whose trials have not been requested yet.
  StudyTail tail(folder_ / study);
  std::vector<TrialOutcome> trials;
  for (;;) {
    const std::vector<TrialOutcome> more = tail.next(1000);
    if (more.empty()) break;
    trials.insert(trials.end(), more.begin(), more.end());
  }
  json answer = history_json(id, trials, from);
  const std::scoped_lock lock(mutex_);
  const auto found = runs_.find(id);
  if (found != runs_.end() && !found->second->at_work) found->second->history = std::move(trials);
  return answer;
}

json Runs::training(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  if (!find(id).record.request.trains())
    throw HttpError(404, tr("only runs of train have trained models"));
  return training_json(places(id).training());
}

std::set<std::string> Runs::studies_at_work() const {
  const std::scoped_lock lock(mutex_);
  std::set<std::string> studies;
  for (const auto& [id, run] : runs_) {
    const bool waits = run->record.state == RunState::queued && !run->process;
    if (run->at_work && !waits && run->record.request.searches())
      studies.insert(run->record.request.study);
  }
  return studies;
}

std::vector<ServerEvent> Runs::state_events() const {
  const std::scoped_lock lock(mutex_);
  std::vector<ServerEvent> events;
  for (const auto& [id, run] : runs_) events.push_back(run_event(run->record));
  return events;
}

void Runs::wake() {
  const std::uint64_t one = 1;
  (void)!::write(news_, &one, sizeof one);
}

void Runs::close() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
}

}  // namespace ocrtune::server
